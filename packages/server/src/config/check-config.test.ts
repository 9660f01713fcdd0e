import { expect, test } from 'vitest';
import { checkConfig } from './check-config.ts';
import { describeProblem } from './config-problem.ts';

function check(yaml: string, environment: Record<string, string> = {}) {
  return checkConfig({ yaml, name: 'latchkey.yaml', environment });
}

function problemsOf(yaml: string, environment: Record<string, string> = {}): readonly string[] {
  const checked = check(yaml, environment);
  return checked.ok ? [] : checked.problems.map(describeProblem);
}

function configOf(yaml: string, environment: Record<string, string> = {}) {
  const checked = check(yaml, environment);
  if (!checked.ok) throw new Error(checked.problems.map(describeProblem).join('\n'));
  return checked.config;
}

test('nothing at all is a configuration: this machine only, nobody trusted, the catalogue that ships', () => {
  const config = configOf('');
  expect(config).toMatchObject({
    server: { host: '127.0.0.1', port: 8420, publicUrl: undefined, dataDir: './data' },
    operator: { account: 'operator' },
    services: [],
    trustedProxies: [],
    rateLimit: { perMinute: 100, anonymousPerMinute: 100 },
    secretInQuery: 'flag',
    staleness: { secret: 900, temporary: 900, public: 3600 },
    log: { level: 'info' },
  });
  expect(config.catalogue.get('styles:read')).toMatchObject({ public: true });
});

test('all problems are told at once, each with its place, field, problem and fix', () => {
  const problems = problemsOf(
    `server:
  port: "80"
  hots: localhost
rateLimit:
  perMinute: -1
trustedProxies:
  - proxy.example
appSchemes: [https]
operator:
  account: Big--Corp
scopes:
  - id: maps:read
    public: true
    description: Read maps.
  - id: maps:read
    description: Read maps.
  - id: tokens:write
    public: true
    description: Everything.
services:
  - name: maps
    title: Maps
    routes:
      - methods: [GET]
        path: /maps/{id}
        scopes: [maps:raed]
        description: Reads a map.
      - methods: [GET, get]
        path: /maps/{name}
        scopes: []
        description: Reads a map by name.
`,
    { LATCHKEY_LOG_LEVEL: 'loud', LATCHKEY_PROT: '1', LATCHKEY_STALENESS_SECRET: 'long' },
  );
  expect(problems).toEqual([
    'LATCHKEY_PROT: is no setting. Did you mean LATCHKEY_PORT?',
    'LATCHKEY_STALENESS_SECRET: is not a whole number. Write digits only.',
    'latchkey.yaml:2:3: server.port: must be a whole number. Give a whole number.',
    'latchkey.yaml:3:3: server.hots: unknown setting. Did you mean host?',
    'latchkey.yaml:5:3: rateLimit.perMinute: is too small. The least is 0.',
    'LATCHKEY_LOG_LEVEL: log.level: is none of the possible values. Give one of fatal, error, warn, info, debug, silent.',
    'latchkey.yaml:10:3: operator.account: "Big--Corp" is not an account name. Use 2 to 39 of a-z, 0-9 and single "-", none at the ends.',
    'latchkey.yaml:8:14: appSchemes[0]: "https" is not an app scheme. Give the scheme alone, in lower case, and none of the web: capacitor.',
    'latchkey.yaml:15:5: scopes[1].id: maps:read is listed twice. List each scope once.',
    'latchkey.yaml:18:5: scopes[2].public: tokens:write cannot be public. Leave "public" out: this scope belongs to Latchkey and is secret.',
    'latchkey.yaml:26:18: services[0].routes[0].scopes[0]: "maps:raed" is not in the scope catalogue. Did you mean maps:read?',
    'latchkey.yaml:28:19: services[0].routes[1].methods[0]: GET /maps/{name} of maps matches the same requests as GET /maps/{id} of maps. Leave one of them out, or tell them apart by a static segment.',
    'latchkey.yaml:28:24: services[0].routes[1].methods[1]: "get" is not a method. Write it in capitals: GET.',
    expect.stringMatching(
      /^latchkey\.yaml:7:5: trustedProxies\[0\]: "proxy\.example" is not an IP address or range\. Write/,
    ),
  ]);
});

test('what is missing is told where it should stand', () => {
  expect(problemsOf('services:\n  - name: maps\n    routes: []\n')).toEqual([
    'latchkey.yaml:2:5: services[0].title: is missing. Give a text.',
  ]);
});

test('what is missing hides no other problem, and an unreadable catalogue makes no scope unknown', () => {
  const services = (scope: string) =>
    `services: [{name: m, title: M, routes: [{methods: [GET], path: /a, scopes: [${scope}]}]}]\n`;
  expect(problemsOf(`scopes: [{id: BAD}, {id: maps:read}]\n${services('maps:raed')}`)).toEqual([
    'latchkey.yaml:1:10: scopes[0].description: is missing. Give a text.',
    'latchkey.yaml:1:21: scopes[1].description: is missing. Give a text.',
    'latchkey.yaml:2:41: services[0].routes[0].description: is missing. Give a text.',
    'latchkey.yaml:1:11: scopes[0].id: "BAD" is not the name of a scope. Write resource:action in lower case: styles:read.',
    'latchkey.yaml:2:77: services[0].routes[0].scopes[0]: "maps:raed" is not in the scope catalogue. Did you mean maps:read?',
  ]);
  expect(problemsOf(`scopes: nonsense\n${services('maps:read')}`)).toEqual([
    'latchkey.yaml:1:1: scopes: must be a list. Give a list.',
    'latchkey.yaml:2:41: services[0].routes[0].description: is missing. Give a text.',
  ]);
});

test.each([
  ['server: [', /^latchkey\.yaml:\d+:\d+: .*Mend the YAML here\.$/],
  ['log: {level: info}\nlog: {level: warn}\n', /^latchkey\.yaml:2:1: .*Keep one of the two\.$/],
  ['- a\n', /^latchkey\.yaml:1:1: must be a mapping\. Give a mapping\.$/],
  ['log: *nowhere\n', /^latchkey\.yaml:/],
  ['servre: {}\n', /^latchkey\.yaml:1:1: servre: unknown setting\. Did you mean server\?$/],
  ['surprise: {}\n', /^latchkey\.yaml:1:1: surprise: unknown setting\. Known here are server, /],
  [
    'server: {publicUrl: "ftp://x"}\n',
    /^latchkey\.yaml:1:10: server\.publicUrl: "ftp:\/\/x" is not a plain http/,
  ],
  ['trustedProxies: ["0.0.0.0/0"]\n', /^latchkey\.yaml:1:18: trustedProxies\[0\]: /],
])('%j is refused where it stands', (yaml, expected) => {
  const [problem = ''] = problemsOf(yaml);
  expect(problem).toMatch(expected);
});

test('aliases that multiply beyond reason are refused, not expanded', () => {
  const levels = Array.from(
    { length: 12 },
    (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`,
  );
  const bomb = ['a0: &a0 [x]', ...levels].join('\n');
  expect(problemsOf(bomb)[0]).toContain('has aliases that cannot be resolved');
});

test('the environment goes before the file, and is named where it is wrong', () => {
  const yaml = 'server:\n  port: 1\n  host: 0.0.0.0\ntrustedProxies: [10.0.0.1]\n';
  const config = configOf(yaml, {
    LATCHKEY_PORT: '9000',
    LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32',
  });
  expect(config.server).toMatchObject({ port: 9000, host: '0.0.0.0' });
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '2001:db8::/32']);
  expect(problemsOf(yaml, { LATCHKEY_PORT: '70000' })).toEqual([
    'LATCHKEY_PORT: server.port: is too large. The most is 65535.',
  ]);
  expect(problemsOf('server: nonsense\n', { LATCHKEY_PORT: '1' })).not.toEqual([]);
});

test('a section may be written and left empty', () => {
  expect(configOf('server:\nlog:\n').server.port).toBe(8420);
});

test('a whole catalogue and services can come from the environment', () => {
  const config = configOf('', {
    LATCHKEY_SCOPES: '[{"id":"a:b","public":true,"description":"B."}]',
    LATCHKEY_SERVICES:
      '[{"name":"a","title":"A","routes":[{"methods":["GET"],"path":"/a","scopes":["a:b"],"description":"A."}]}]',
  });
  expect(config.catalogue.get('a:b')).toMatchObject({ public: true });
  expect(config.catalogue.get('styles:read')).toBeUndefined();
  expect(config.catalogue.get('tokens:read')).toBeDefined();
  expect(config.services).toMatchObject([{ name: 'a', description: '' }]);
});

test('0 turns off the limit for addresses too, unless they have their own', () => {
  expect(configOf('rateLimit: {perMinute: 0}').rateLimit).toEqual({ perMinute: 0, anonymousPerMinute: 0 });
  expect(configOf('rateLimit: {perMinute: 0, anonymousPerMinute: 5}').rateLimit.anonymousPerMinute).toBe(5);
});

test('a public URL is kept without its trailing slash', () => {
  expect(configOf('server: {publicUrl: "https://Tokens.Example.com/keys/"}').server.publicUrl).toBe(
    'https://tokens.example.com/keys',
  );
});

test.each(['http://tokens.example.com', 'http://10.0.0.5:8420', 'http://localhost.example.com'])(
  'the public URL %s is refused beside all else that is wrong: without TLS nobody can sign in there',
  (url) => {
    expect(problemsOf(`operator: {account: BAD}\nserver:\n  publicUrl: ${url}\n`)).toEqual([
      'latchkey.yaml:1:12: operator.account: "BAD" is not an account name. Use 2 to 39 of a-z, 0-9 and single "-", none at the ends.',
      `latchkey.yaml:3:3: server.publicUrl: "${url}" has no TLS, and is not on this machine: nobody could sign in there, and links in mails would travel in clear. Write the https:// address that people use, also where TLS ends at a proxy before the server; where there is none yet, leave the setting out.`,
    ]);
    expect(problemsOf('', { LATCHKEY_PUBLIC_URL: url })[0]).toMatch(
      /^LATCHKEY_PUBLIC_URL: server\.publicUrl: /,
    );
  },
);

test.each(['http://localhost:8420', 'http://127.0.0.1:8420', 'http://[::1]:8420', 'http://keys.localhost'])(
  'the public URL %s is taken: it is on this machine',
  (url) => {
    expect(configOf(`server: {publicUrl: "${url}"}`).server.publicUrl).toBe(url);
  },
);

test('a gateway trusts nobody until it is told whom', () => {
  expect(configOf('').gateway).toEqual({
    host: '127.0.0.1',
    port: 8430,
    dataDir: './gateway-data',
    server: 'http://127.0.0.1:8420',
    name: 'gateway',
    tokenFile: undefined,
    publicOrigin: undefined,
    trustedProxies: [],
    purge: [],
  });
  const yaml = 'gateway:\n  server: https://tokens.example.com/\n  publicOrigin: https://api.example.com\n';
  expect(configOf(yaml, { LATCHKEY_GATEWAY_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' }).gateway).toMatchObject(
    {
      server: 'https://tokens.example.com',
      publicOrigin: 'https://api.example.com',
      trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
    },
  );
});

test('what is wrong with the settings of a gateway is told like everything else', () => {
  const yaml = `gateway:
  prot: 1
  server: tokens.example.com
  publicOrigin: https://api.example.com/
  trustedProxies: [localhost]
`;
  expect(problemsOf(yaml)).toEqual(['latchkey.yaml:2:3: gateway.prot: unknown setting. Did you mean port?']);
  const meant = problemsOf(yaml.replace('  prot: 1\n', ''));
  expect(meant).toEqual([
    'latchkey.yaml:2:3: gateway.server: "tokens.example.com" is not a plain http or https URL. Write scheme, host and perhaps a path: https://tokens.example.com.',
    'latchkey.yaml:3:3: gateway.publicOrigin: "https://api.example.com/" is not an origin. Write scheme and host as a browser does: https://api.example.com.',
    expect.stringMatching(/^latchkey\.yaml:4:20: gateway\.trustedProxies\[0\]: /),
  ]);
});

test('a scope gets a bound of its own, and one that cannot shorten anything is told', () => {
  const config = configOf('staleness:\n  secret: 600\n  scopes: {tokens:write: 60}\n');
  expect(config.staleness).toEqual({
    secret: 600,
    temporary: 900,
    public: 3600,
    scopes: { 'tokens:write': 60 },
  });
  expect(configOf('').staleness).toEqual({ secret: 900, temporary: 900, public: 3600 });
  expect(configOf('', { LATCHKEY_STALENESS_SCOPES: '{"styles:read":5}' }).staleness.scopes).toEqual({
    'styles:read': 5,
  });
  expect(problemsOf('staleness:\n  scopes: {tokens:wite: 60, tokens:read: 3600}\n')).toEqual([
    'latchkey.yaml:2:12: staleness.scopes.tokens:wite: "tokens:wite" is not in the scope catalogue. Did you mean tokens:write?',
    'latchkey.yaml:2:29: staleness.scopes.tokens:read: is not below the bound of any class, so it has no effect. Leave it out, or raise the bound of the class.',
  ]);
  expect(problemsOf('staleness:\n  scopes: {tokens:write: 0}\n')).toEqual([
    'latchkey.yaml:2:12: staleness.scopes.tokens:write: is too small. The least is 1.',
  ]);
});

test('a reverse proxy runs where it is told an API, with a limit for everything', () => {
  expect(configOf('').gateway.proxy).toBeUndefined();
  const environment = {
    LATCHKEY_GATEWAY_PROXY_KEEP_HOST: 'true',
    LATCHKEY_GATEWAY_PROXY_UPSTREAMS: '{"maps":"https://maps.internal:8443"}',
  };
  const yaml = 'gateway:\n  proxy: {upstream: "http://127.0.0.1:3000", bodyLimitBytes: 0}\n';
  expect(configOf(yaml, environment).gateway.proxy).toEqual({
    host: '127.0.0.1',
    port: 8440,
    upstream: 'http://127.0.0.1:3000',
    upstreams: new Map([['maps', 'https://maps.internal:8443']]),
    keepHost: true,
    connectTimeoutMs: 5_000,
    firstByteTimeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    headerLimitBytes: 32_768,
    bodyLimitBytes: 0,
    cacheBytes: 67_108_864,
    cacheBodyLimitBytes: 1_048_576,
    cacheWaitMs: 5_000,
    cacheIgnoredHeaders: [],
    sharedCaches: false,
    browserSeconds: 0,
  });
});

test('APIs behind a reverse proxy are compared with the services, and everything wrong is told at once', () => {
  const yaml = `services:
  - {name: maps, title: Maps, routes: []}
  - {name: tiles, title: Tiles, routes: []}
gateway:
  proxy:
    upstreams:
      map: http://127.0.0.1:3000
      tiles: http://127.0.0.1:3000/v4
    idleTimeoutMs: 0
`;
  expect(problemsOf(yaml)).toEqual([
    expect.stringMatching(/^latchkey\.yaml:9:5: gateway\.proxy\.idleTimeoutMs: /),
  ]);
  expect(problemsOf(yaml.replace('idleTimeoutMs: 0', 'idleTimeoutMs: 1'))).toEqual([
    'latchkey.yaml:7:7: gateway.proxy.upstreams.map: no service is named "map". Did you mean maps?',
    'latchkey.yaml:8:7: gateway.proxy.upstreams.tiles: "http://127.0.0.1:3000/v4" is not the origin of an API. Write scheme, host and perhaps a port, no path: http://127.0.0.1:3000.',
    'latchkey.yaml:6:5: gateway.proxy.upstreams: the service maps has no upstream. Name it here, or set gateway.proxy.upstream for all others.',
  ]);
  const wrong = {
    LATCHKEY_GATEWAY_PROXY_KEEP_HOST: 'yes',
    LATCHKEY_GATEWAY_PROXY_UPSTREAM: 'localhost:3000',
  };
  expect(problemsOf('', wrong)).toEqual([
    'LATCHKEY_GATEWAY_PROXY_KEEP_HOST: is neither true nor false. Write true or false.',
    'LATCHKEY_GATEWAY_PROXY_UPSTREAM: gateway.proxy.upstream: "localhost:3000" is not the origin of an API. Write scheme, host and perhaps a port, no path: http://127.0.0.1:3000.',
  ]);
});

test('purge calls are read, and what is wrong with them is told without showing a header', () => {
  const hook = { url: 'https://api.cdn.example/purge/{key}?soft=1', headers: { 'Fastly-Key': 's3cret' } };
  expect(configOf('', { LATCHKEY_GATEWAY_PURGE: JSON.stringify([hook]) }).gateway.purge).toEqual([
    { ...hook, method: 'POST', body: undefined },
  ]);
  const yaml = [
    'gateway:',
    '  purge:',
    '    - url: ftp://cdn.example/{key}',
    '    - {url: "https://a:b@cdn.example/{key}", method: "P URGE"}',
    '    - {url: https://cdn.example/, headers: {"X-Key": "s3cret\\nX: y"}}',
  ];
  const problems = problemsOf(`${yaml.join('\n')}\n`);
  expect(problems).toEqual([
    expect.stringMatching(/^latchkey\.yaml:3:7: gateway\.purge\[0\]\.url: is not a URL that can be called\./),
    expect.stringMatching(/gateway\.purge\[1\]\.url: is not a URL that can be called\./),
    expect.stringMatching(/gateway\.purge\[1\]\.method: "P URGE" is not a method\./),
    expect.stringMatching(/gateway\.purge\[2\]\.headers\.X-Key: cannot stand in a header\./),
    expect.stringMatching(/gateway\.purge\[2\]: names no \{key\} in url, headers or body\./),
  ]);
  expect(problems.join()).not.toContain('s3cret');
});

test('a header that an answer may always depend on cannot be ignored', () => {
  const yaml = (names: string) =>
    `gateway:\n  proxy: {upstream: "http://127.0.0.1:3000", cacheIgnoredHeaders: [${names}]}\n`;
  expect(configOf(yaml('X-Client, cookie')).gateway.proxy?.cacheIgnoredHeaders).toEqual([
    'x-client',
    'cookie',
  ]);
  expect(problemsOf(yaml('Host, "a b"'))).toEqual([
    expect.stringMatching(/gateway\.proxy\.cacheIgnoredHeaders\[0\]: "Host" cannot be ignored\./),
    expect.stringMatching(/gateway\.proxy\.cacheIgnoredHeaders\[1\]: "a b" cannot be ignored\./),
  ]);
});
