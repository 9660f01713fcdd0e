import { buildRouteTable, type RouteDefinition, type Scope } from '@latchkey/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RawAnswer, sendRaw } from '../../../../verifier/src/middleware/testing/raw-http.ts';
import { IDENTITY, knownTokens, TOKENS } from '../../testing/known-tokens.ts';
import { type Noted, notingApi } from '../../testing/noting-api.ts';
import { type RunningProxy, startApi, startProxy } from '../../testing/reverse-proxy-before.ts';
import type { ReverseProxyOptions } from './reverse-proxy.ts';

const route = (path: string, methods = ['GET', 'POST', 'DELETE']): RouteDefinition => ({
  methods,
  path,
  scopes: ['maps:read' as Scope],
  description: '',
});
const table = buildRouteTable([
  { name: 'maps', title: 'Maps', description: '', routes: [route('/maps/{id}'), route('/files/{rest*}')] },
  { name: 'tiles', title: 'Tiles', description: '', routes: [route('/tiles/{id}', ['GET'])] },
]);

let running: RunningProxy[] = [];
let noted: Noted[];
let api: RunningProxy;
beforeEach(async () => {
  const noting = notingApi();
  noted = noting.noted;
  api = await startApi(noting.listener);
  running = [api];
});
afterEach(async () => {
  for (const each of running.reverse()) await each.close();
});

type Headers = readonly (readonly [string, string])[];

async function start(options: Partial<ReverseProxyOptions> = {}): Promise<RunningProxy> {
  const upstream = `http://127.0.0.1:${api.port}`;
  const proxy = await startProxy(knownTokens(), { requires: table, upstream, ...options });
  running.push(proxy);
  return proxy;
}

async function ask(
  target: string,
  headers: Headers = [],
  { method = 'GET', ...options }: Partial<ReverseProxyOptions> & { method?: string } = {},
): Promise<RawAnswer> {
  const { port } = await start(options);
  return sendRaw(port, { method, target, headers });
}

/** What the API got of the one request. */
function arrived(): Noted {
  const [only, ...others] = noted;
  if (only === undefined || others.length > 0) throw new Error(`${noted.length} requests arrived`);
  return only;
}

const BEARER = ['Authorization', `Bearer ${TOKENS.secret}`] as const;

describe('what the API is told', () => {
  test('whose token it is; nothing that a client says of itself in whatever spelling', async () => {
    const spoofed = [
      'Latchkey-Account',
      'latchkey_account',
      'LATCHKEY.Token-Id',
      'Latchkey-Usage',
      'Latchkey-Anything',
    ];
    const headers = spoofed.flatMap((name) => [[name, 'spoofed'] as const, [name, 'twice'] as const]);
    expect((await ask('/maps/1', [BEARER, ...headers])).status).toBe(200);
    expect(arrived().headers).toMatchObject(IDENTITY);
    expect(JSON.stringify(arrived())).not.toMatch(/spoofed|twice/);
  });

  test('a secret token in the URL is told, and refused where that was chosen', async () => {
    expect((await ask(`/maps/1?access_token=${TOKENS.secret}`)).status).toBe(200);
    expect(arrived().headers['latchkey-exposed-in-url']).toEqual(['true']);
    const refused = await ask(`/maps/1?access_token=${TOKENS.secret}`, [], { secretInQuery: 'refuse' });
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([401, 'secret_in_query']);
    expect(noted).toHaveLength(1);
  });

  test('its own host, or the client’s where that was chosen', async () => {
    await ask('/maps/1', [BEARER]);
    expect(arrived().headers).toMatchObject({
      host: [`127.0.0.1:${api.port}`],
      'x-forwarded-host': ['api.example.com'],
      'x-forwarded-proto': ['http'],
      'x-forwarded-for': ['127.0.0.1'],
    });
    noted.length = 0;
    await ask('/maps/1', [BEARER], { keepHost: true });
    expect(arrived().headers.host).toEqual(['api.example.com']);
  });

  test('no header about the connection, nor one that Connection names', async () => {
    const headers: Headers = [
      ['Connection', 'X-Once, keep-alive, Origin, Latchkey-Account, X-Forwarded-For'],
      ['X-Once', '1'],
      ['Keep-Alive', 'timeout=1'],
      ['TE', 'trailers'],
      ['Proxy-Authorization', 'Basic eA=='],
      ['Proxy-Connection', 'close'],
      ['Transfer_Encoding', 'chunked'],
      ['Content_Length', '7'],
      ['Expect', '100-continue'],
      ['Origin', 'https://page.example'],
      ['X-Kept', '1'],
      ['x-KEPT', '2'],
    ];
    await ask('/maps/1', [BEARER, ...headers]);
    const { headers: seen, raw } = arrived();
    for (const gone of ['x-once', 'keep-alive', 'te', 'transfer-encoding', 'content-length', 'expect'])
      expect(seen[gone]).toBeUndefined();
    expect(Object.keys(seen).join()).not.toContain('proxy');
    expect(seen).toMatchObject({
      ...IDENTITY,
      origin: ['https://page.example'],
      'x-forwarded-for': ['127.0.0.1'],
    });
    expect(raw.join()).toContain('X-Kept,1,x-KEPT,2');
  });

  test('nothing that would make another request of the one that was decided', async () => {
    const headers: Headers = [
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X_Http_Method', 'DELETE'],
      ['X-Method-Override', 'DELETE'],
      ['X-Original-URL', '/admin'],
      ['X_Rewrite_Url', '/admin'],
    ];
    await ask('/maps/1', [BEARER, ...headers]);
    expect(JSON.stringify(arrived())).not.toMatch(/DELETE|admin/);
  });
});

describe('the token', () => {
  test('in the query is taken out, every other byte staying as it was', async () => {
    const token = TOKENS.public;
    await ask(`/maps/a%2Cb?x=%41+%&access_token=${token}&&y=1&%61ccess%5ftoken=${token}&z=?`);
    expect(arrived().target).toBe('/maps/a%2Cb?x=%41+%&&y=1&z=?');
    expect(JSON.stringify(arrived())).not.toContain(token);
  });

  test('in Authorization is taken out; another scheme beside a query token is for the API', async () => {
    await ask('/maps/1', [BEARER]);
    expect(JSON.stringify(noted)).not.toContain(TOKENS.secret);
    expect(arrived().headers.authorization).toBeUndefined();
    noted.length = 0;
    await ask(`/maps/1?access_token=${TOKENS.public}`, [['Authorization', 'Basic eDp5']]);
    expect(arrived().headers.authorization).toEqual(['Basic eDp5']);
  });

  test('in Referer is taken out', async () => {
    const page = 'https://page.example/a?b&access_token=';
    await ask('/maps/1', [BEARER, ['Referer', `${page}${TOKENS.public}`]]);
    expect(arrived().headers.referer).toEqual(['https://page.example/a?b']);
  });

  test('is not passed on where none is needed either', async () => {
    const requires = () => 'open' as const;
    await ask(`/any?access_token=${TOKENS.public}`, [BEARER], { requires });
    const { target, headers } = arrived();
    expect([target, headers.authorization]).toEqual(['/any', undefined]);
    noted.length = 0;
    await ask('/any', [['Authorization', 'Bearer another-kind']], { requires });
    expect(arrived().headers.authorization).toEqual(['Bearer another-kind']);
    expect(Object.keys(arrived().headers).join()).not.toContain('latchkey');
  });
});

describe('forwarding headers', () => {
  /** Acceptance: spoofed in all spellings from an untrusted peer they change no decision, and reach nobody. */
  const SPELLINGS = [
    'X-Forwarded-For',
    'x-forwarded-for',
    'X_Forwarded_For',
    'X-FORWARDED_FOR',
    'X.Forwarded.For',
    'Forwarded',
    'X-Real-IP',
    'X_Real_IP',
    'True-Client-IP',
    'CF-Connecting-IP',
    'X-Client-IP',
    'X-Cluster-Client-IP',
    'Client-IP',
    'X-Original-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded-Uri',
    'X-Forwarded-Method',
    'X-Forwarded-Prefix',
    'X-Original-Method',
    'X-Original-URI',
  ];

  test.each(SPELLINGS)('%s of a peer that nobody trusts is not believed and not passed on', async (name) => {
    const seen: unknown[] = [];
    const { verify } = knownTokens();
    const proxy = await startProxy(
      {
        verify(request, policy) {
          seen.push([request.method, request.path, request.address]);
          return verify(request, policy);
        },
      },
      { requires: table, upstream: `http://127.0.0.1:${api.port}` },
    );
    running.push(proxy);
    const headers: Headers = [BEARER, [name, '203.0.113.66'], [name, 'for=203.0.113.66']];
    expect((await sendRaw(proxy.port, { method: 'GET', target: '/maps/1', headers })).status).toBe(200);
    expect(seen).toEqual([['GET', '/maps/1', '127.0.0.1']]);
    expect(JSON.stringify(arrived())).not.toContain('203.0.113.66');
    expect(arrived().headers['x-forwarded-for']).toEqual(['127.0.0.1']);
  });

  test('those of a trusted peer are believed and added to; nobody else’s and no other', async () => {
    const headers: Headers = [
      ['X-Forwarded-For', '198.51.100.1, 203.0.113.9'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'maps.example.com'],
      ['X_Forwarded_For', '203.0.113.66'],
      ['X-Real-IP', '203.0.113.66'],
    ];
    await ask('/maps/1', [BEARER, ...headers], { trustedProxies: ['127.0.0.1'] });
    expect(arrived().headers).toMatchObject({
      'x-forwarded-for': ['198.51.100.1, 203.0.113.9, 127.0.0.1'],
      'x-forwarded-proto': ['https'],
      'x-forwarded-host': ['maps.example.com'],
    });
    expect(JSON.stringify(arrived())).not.toContain('203.0.113.66');
  });
});

describe('the path', () => {
  test.each([
    '/files/a%20b',
    '/files/a,b;c',
    '/files/%E6%B8%AF/x',
    '/files/a/',
    '/files/a?/../b',
    "/files/~a!$&'()*+=:@",
  ])('%s arrives byte for byte as it was decided on', async (target) => {
    expect((await ask(target, [BEARER])).status).toBe(200);
    expect(arrived().target).toBe(target);
  });

  test.each([
    '/files/../admin',
    '/files/%2e%2e/admin',
    '/files/..;/admin',
    '/files//admin',
    '/files/a%2fb',
    '/files/a%5cb',
    '/files/a%00',
    '/files/%252e%252e/admin',
    '/maps;x/1',
    '/maps/1#/files/2',
    '//files/a',
    '*',
  ])('%s, which servers read in different ways, is refused and not mended', async (target) => {
    const answer = await ask(target, [BEARER]);
    expect([404, 400]).toContain(answer.status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(noted).toEqual([]);
  });

  test('a target in absolute form goes on without what stands before its path', async () => {
    expect((await ask(`http://api.example.com/maps/1?a&access_token=${TOKENS.public}`)).status).toBe(200);
    expect(arrived().target).toBe('/maps/1?a');
  });

  test('each service goes to its own API', async () => {
    const other = notingApi();
    const tiles = await startApi(other.listener);
    running.push(tiles);
    const upstreams = new Map([['tiles', `http://127.0.0.1:${tiles.port}`]]);
    await ask('/tiles/1', [BEARER], { upstreams });
    expect([noted.length, other.noted.length]).toEqual([0, 1]);
    await ask('/maps/1', [BEARER], { upstreams });
    expect([noted.length, other.noted.length]).toEqual([1, 1]);
  });
});

describe('a preflight', () => {
  const asks = (method: string): Headers => [
    ['Origin', 'https://page.example'],
    ['Access-Control-Request-Method', method],
    ['Access-Control-Request-Headers', 'authorization'],
  ];

  test('goes to the API of the route that it announces, without a token', async () => {
    await ask(`/maps/1?a&access_token=${TOKENS.secret}`, asks('DELETE'), { method: 'OPTIONS' });
    expect(arrived()).toMatchObject({ method: 'OPTIONS', target: '/maps/1?a' });
    expect(Object.keys(arrived().headers).join()).not.toContain('latchkey');
  });

  test.each([
    ['PATCH', '/maps/1'],
    ['GET', '/admin'],
    ['GET', '/maps/../admin'],
  ])(
    'of %s %s, which has no route, goes nowhere, and lets the page read the 404 that follows',
    async (method, path) => {
      const answer = await ask(path, asks(method), { method: 'OPTIONS' });
      expect([answer.status, answer.body]).toEqual([204, '']);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toBe(method);
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization');
      expect(noted).toEqual([]);
    },
  );

  test('that is none, for want of Access-Control-Request-Method or for two, is judged', async () => {
    for (const headers of [[], [...asks('GET'), ...asks('GET')]]) {
      expect((await ask('/maps/1', headers, { method: 'OPTIONS' })).status).toBe(404);
    }
    expect(noted).toEqual([]);
  });
});
