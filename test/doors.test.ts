import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { type EchoUpstream, startEchoUpstream } from './testing/echo-upstream.ts';
import { makeAccount } from './testing/make-account.ts';
import { rawRequest } from './testing/raw-http.ts';
import {
  GATEWAYS,
  type GatewayName,
  type ShippedGateway,
  startShippedGateway,
} from './testing/shipped-gateways.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { hasSystemProgram } from './testing/system-program.ts';
import { until } from './testing/until.ts';

// nginx and Caddy as they are, by the configurations that are shipped, asking the doors of `latchkey gateway`.

const IDENTITY = ['account', 'token-id', 'usage', 'scopes', 'exposed-in-url'].map(
  (name) => `latchkey-${name}`,
);

const route = (methods: readonly string[], path: string, scopes: readonly string[]) => ({
  methods,
  path,
  scopes,
  description: path,
});
const SERVICES = [
  {
    name: 'maps',
    title: 'Maps',
    routes: [
      route(['GET', 'POST', 'OPTIONS'], '/maps/{id}', ['styles:read']),
      route(['GET'], '/maps/admin', ['tokens:write']),
    ],
  },
];

let latchkey: Latchkey;
let secret = '';

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: JSON.stringify(SERVICES) } });
  secret = (await makeAccount(latchkey, 'acme')).token;
});
afterAll(() => latchkey.stop());

async function makeToken(body: object): Promise<{ id: string; text: string }> {
  const tokens = `${latchkey.url}/tokens/v2/acme`;
  const made = await call(tokens, { method: 'POST', token: secret, body });
  return { id: textField(made.body, 'id'), text: textField(made.body, 'token') };
}

test.each(['nginx/latchkey-identity.conf', 'caddy/Caddyfile'])(
  'examples/%s hands every identity header to the upstream',
  async (file) => {
    const text = await readFile(new URL(`../examples/${file}`, import.meta.url), 'utf8');
    for (const name of IDENTITY) expect(text.toLowerCase()).toContain(name);
  },
);

for (const name of ['nginx', 'caddy'] as const) {
  const { program, versionArgument } = GATEWAYS[name];
  if (hasSystemProgram(program, `the shipped configuration of ${name}`, versionArgument))
    describeBehind(name);
}

function describeBehind(name: GatewayName): void {
  describe(`an API behind ${name}`, () => {
    let upstream: EchoUpstream;
    let door: Gateway;
    let gateway: ShippedGateway;
    let token: { id: string; text: string };

    beforeAll(async () => {
      upstream = await startEchoUpstream();
      door = await startGateway(latchkey, { LATCHKEY_GATEWAY_TRUSTED_PROXIES: '127.0.0.1' });
      gateway = await startShippedGateway(name, { door: door.port, upstream: upstream.port });
      token = await makeToken({ scopes: ['styles:read', 'fonts:read'] });
      await until('the token to arrive', async () => {
        const { status } = await call(`${gateway.url}/maps/1`, { token: token.text });
        return status === 200 ? true : undefined;
      });
    });
    afterAll(async () => {
      await gateway?.stop();
      await door?.stop();
      upstream?.close();
    });

    function last() {
      const arrived = upstream.arrived.at(-1);
      if (arrived === undefined) throw new Error('nothing has arrived');
      return arrived;
    }

    function identityOf(): Record<string, readonly string[] | undefined> {
      return Object.fromEntries(IDENTITY.map((header) => [header, last().headers.get(header)]));
    }

    const nobody = Object.fromEntries(IDENTITY.map((header) => [header, undefined]));

    test('a token that may is let in, with method, path, query and body as they were', async () => {
      const target = `/maps/a%20b;v=1?q=%2F&access_token=${token.text}`;
      const answer = await rawRequest(gateway.url, { method: 'POST', target, body: 'the body' });
      expect([answer.status, answer.body]).toEqual([200, { let: 'in' }]);
      expect(last()).toMatchObject({ method: 'POST', target, body: 'the body' });
    });

    test('the upstream is told whose request it is', async () => {
      await call(`${gateway.url}/maps/1`, { token: token.text });
      expect(identityOf()).toEqual({
        ...nobody,
        'latchkey-account': ['acme'],
        'latchkey-token-id': [token.id],
        'latchkey-usage': ['pk'],
        'latchkey-scopes': ['styles:read fonts:read'],
      });
    });

    test('the upstream is told of a secret token in the URL', async () => {
      expect((await call(`${gateway.url}/maps/1?access_token=${secret}`)).status).toBe(200);
      expect(identityOf()['latchkey-exposed-in-url']).toEqual(['true']);
    });

    test.each([
      ['as it is', (header: string) => header],
      ['in capitals', (header: string) => header.toUpperCase()],
      ['with underscores', (header: string) => header.replaceAll('-', '_')],
      ['with one underscore', (header: string) => header.replace('-', '_')],
      ['with underscores in capitals', (header: string) => header.replaceAll('-', '_').toUpperCase()],
    ])('what a client calls itself is taken away, %s, once or twice', async (_, spell) => {
      const lies = IDENTITY.flatMap((header) => [
        [spell(header), 'root'] as const,
        [spell(header), 'root again'] as const,
      ]);
      const bearer = ['Authorization', `Bearer ${token.text}`] as const;
      const seen = upstream.arrived.length;
      const answer = await rawRequest(gateway.url, {
        method: 'GET',
        target: '/maps/1',
        headers: [...lies, bearer],
      });
      expect(answer.status).toBe(200);
      expect(upstream.arrived.length).toBe(seen + 1);
      expect(identityOf()).toMatchObject({
        'latchkey-account': ['acme'],
        'latchkey-exposed-in-url': undefined,
      });
      expect(JSON.stringify([...last().headers])).not.toContain('root');
    });

    test('a preflight goes to the upstream without a token and without an identity', async () => {
      const headers = {
        origin: 'https://app.example.com',
        'access-control-request-method': 'GET',
        'latchkey-account': 'root',
      };
      const answer = await call(`${gateway.url}/maps/1`, { method: 'OPTIONS', headers });
      expect(answer.status).toBe(200);
      expect(last().method).toBe('OPTIONS');
      const told = Object.values(identityOf()).flatMap((values) => values ?? []);
      expect(told.join('')).toBe('');
    });

    test.each([
      ['no token', {}, 401, 'no_token', 'Not Authorized - No Token', 'Bearer realm="Latchkey"'],
      [
        'another token',
        { authorization: 'Bearer pk.abc.def' },
        401,
        'unknown_token',
        'Not Authorized - Invalid Token',
        'Bearer realm="Latchkey", error="invalid_token"',
      ],
    ])(
      '%s is refused with our status, body and headers',
      async (_, headers, status, code, message, challenge) => {
        const answer = await rawRequest(gateway.url, {
          method: 'GET',
          target: '/maps/1',
          headers: Object.entries(headers),
        });
        expect([answer.status, answer.body]).toEqual([
          status,
          expect.objectContaining({ message, code, requestId: expect.any(String) }),
        ]);
        expect(answer.headers.get('www-authenticate')).toEqual([challenge]);
        expectReadable(answer.headers);
      },
    );

    test('a lacking scope is named', async () => {
      const { text } = await makeToken({ scopes: ['fonts:read'] });
      const answer = await until('the token to arrive', async () => {
        const seen = await rawRequest(gateway.url, {
          method: 'GET',
          target: `/maps/1?access_token=${text}`,
        });
        return seen.status === 401 ? undefined : seen;
      });
      expect([answer.status, field(answer.body, 'message')]).toEqual([
        403,
        'This API requires a token with styles:read scope.',
      ]);
      expect(answer.headers.get('www-authenticate')).toEqual([
        'Bearer realm="Latchkey", error="insufficient_scope", scope="styles:read"',
      ]);
      expectReadable(answer.headers);
    });

    test('a second Authorization header, or one of 40 kB, does not get through', async () => {
      const bearer = ['Authorization', `Bearer ${token.text}`] as const;
      const long = ['Authorization', `Bearer pk.${'x'.repeat(40_000)}`] as const;
      const seen = upstream.arrived.length;
      for (const headers of [[bearer, bearer], [long]]) {
        const answer = await rawRequest(gateway.url, { method: 'GET', target: '/maps/1', headers });
        expect([400, 401, 502, 503]).toContain(answer.status);
      }
      expect(upstream.arrived.length).toBe(seen);
    });

    test('two tokens in one request are 400, and a path without a route is 404', async () => {
      const bearer = ['Authorization', `Bearer ${token.text}`] as const;
      const both = await rawRequest(gateway.url, {
        method: 'GET',
        target: `/maps/1?access_token=${token.text}`,
        headers: [bearer],
      });
      expect([both.status, field(both.body, 'code')]).toEqual([400, 'malformed_request']);
      expect(both.headers.get('www-authenticate')).toEqual([
        'Bearer realm="Latchkey", error="invalid_request"',
      ]);
      expectReadable(both.headers);
      const lost = await rawRequest(gateway.url, { method: 'GET', target: '/lost', headers: [bearer] });
      expect([lost.status, field(lost.body, 'code')]).toEqual([404, 'route_not_found']);
      expectReadable(lost.headers);
    });

    test.each([
      ['X-Original-URI', '/maps/1'],
      ['X-Forwarded-Uri', '/maps/1'],
      ['X_Original_URI', '/maps/1'],
      ['X-Rewrite-Url', '/maps/1'],
      ['X-Original-Method', 'OPTIONS'],
      ['X-Forwarded-Method', 'OPTIONS'],
    ])('a client cannot tell the door another request by %s', async (header, value) => {
      const seen = upstream.arrived.length;
      const answer = await rawRequest(gateway.url, {
        method: 'GET',
        target: `/maps/admin?access_token=${token.text}`,
        headers: [
          [header, value],
          [header, value],
          ['Access-Control-Request-Method', 'GET'],
        ],
      });
      expect([answer.status, field(answer.body, 'code')]).toEqual([403, 'insufficient_scope']);
      expect(upstream.arrived.length).toBe(seen);
    });

    test.each([
      '/maps/x/../admin',
      '/maps/x/%2e%2e/admin',
      '/maps/./admin',
      '/maps//admin',
      '//maps/admin',
      '/maps/x%2f..%2fadmin',
      '/maps%2fadmin',
      '/maps/admin;x',
      '/maps/admin%3bx',
      '/maps/x/..;/admin',
      '/maps/%61dmin',
      '/maps/admin/',
      '/maps/admin%00',
      '/maps/x\\..\\admin',
      '/maps/%252e%252e/maps/admin',
      'http://HOST/maps/admin',
    ])('no spelling of a path gets past its scopes: %s', async (target) => {
      const seen = upstream.arrived.length;
      const answer = await rawRequest(gateway.url, {
        method: 'GET',
        target: target.replace('HOST', new URL(gateway.url).host),
        headers: [['Authorization', `Bearer ${token.text}`]],
      });
      expect([400, 403, 404]).toContain(answer.status);
      expect(upstream.arrived.slice(seen)).toEqual([]);
    });

    test('the address is the one that the gateway sees, whatever the client says', async () => {
      const made = await call(`${latchkey.url}/v1/tokens`, {
        method: 'POST',
        token: secret,
        body: { scopes: ['styles:read'], allowedAddresses: ['203.0.113.0/24'] },
      });
      const text = textField(made.body, 'token');
      const answer = await until('the token to arrive', async () => {
        const seen = await rawRequest(gateway.url, {
          method: 'GET',
          target: '/maps/1',
          headers: [
            ['Authorization', `Bearer ${text}`],
            ['X-Forwarded-For', '203.0.113.7'],
            ['X-Real-Ip', '203.0.113.7'],
            ['Forwarded', 'for=203.0.113.7'],
          ],
        });
        return seen.status === 401 ? undefined : seen;
      });
      expect([answer.status, field(answer.body, 'code')]).toEqual([403, 'address_not_allowed']);
    });

    test("the upstream's own refusals stay as they are", async () => {
      for (const status of [401, 403, 429, 500]) {
        const headers = { 'x-answer': String(status) };
        const answer = await call(`${gateway.url}/maps/1`, { token: token.text, headers });
        expect([answer.status, answer.body]).toEqual([status, { let: 'in' }]);
      }
    });

    test('a revoked token is refused, and no token stands in a log', async () => {
      const { id, text } = await makeToken({ scopes: ['styles:read'] });
      const url = `${gateway.url}/maps/1?access_token=${text}`;
      await until('the token to arrive', async () => ((await call(url)).status === 200 ? true : undefined));
      await call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: secret });
      const refused = await until('the revoked token to be refused', async () => {
        const answer = await call(url);
        return answer.status === 200 ? undefined : answer;
      });
      expect([refused.status, field(refused.body, 'message')]).toEqual([
        401,
        'Not Authorized - Invalid Token',
      ]);
      const logs = [door.log(), gateway.output(), await gateway.accessLog()].join('\n');
      expect(logs).not.toContain(text);
    });

    test('with the server away known tokens work, and unknown ones are 503 with Retry-After once it is not current', async () => {
      await latchkey.kill();
      try {
        const known = await call(`${gateway.url}/maps/1`, { token: token.text });
        expect(known.status).toBe(200);
        const parts = token.text.split('.');
        const unknown = `${parts[0]}.${parts[1]}.AAAAAAAAAAAAAAAAAAAAAA`;
        const answer = await until('the replica to be no longer current', async () => {
          const headers = [['Authorization', `Bearer ${unknown}`] as const];
          const seen = await rawRequest(gateway.url, { method: 'GET', target: '/maps/1', headers });
          return seen.status === 401 ? undefined : seen;
        });
        expect([answer.status, answer.body]).toEqual([
          503,
          expect.objectContaining({ message: 'Service Unavailable', code: 'replica_stale' }),
        ]);
        expect(answer.headers.get('retry-after')).toEqual(['5']);
        expectReadable(answer.headers);
      } finally {
        await latchkey.start();
      }
    });

    test('with the door away nobody gets through', async () => {
      expect(await door.stop()).toBe(0);
      const seen = upstream.arrived.length;
      const answer = await call(`${gateway.url}/maps/1`, { token: token.text });
      expect(answer.status).toBe(name === 'nginx' ? 503 : 502);
      if (name === 'nginx') expect(field(answer.body, 'code')).toBe('gateway_unavailable');
      expect(upstream.arrived.length).toBe(seen);
      await door.start();
    });
  });
}

/** A page of another site may read the answer, and no cache may keep it. */
function expectReadable(headers: ReadonlyMap<string, readonly string[]>): void {
  expect(headers.get('access-control-allow-origin')).toEqual(['*']);
  expect(headers.get('access-control-expose-headers')).toEqual(['WWW-Authenticate, Retry-After']);
  expect(headers.get('cache-control')).toEqual(['no-store']);
  expect(headers.get('content-type')).toEqual(['application/json; charset=utf-8']);
}
