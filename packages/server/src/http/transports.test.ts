import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Raw {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly body: Record<string, unknown>;
}

/** `fetch` joins headers that it is given twice; this sends them as they are. */
function raw(path: string, headers: readonly string[]): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${server.url}${path}`, { headers: ['Host', 'x', ...headers] }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          challenge: response.headers['www-authenticate'],
          body: JSON.parse(text),
        }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

const bearer = () => ['Authorization', `Bearer ${server.acme.token}`];
const list = '/tokens/v2/acme?limit=1';

test('Bearer in any case, and a secret token in the query, are taken', async () => {
  expect((await raw(list, bearer())).status).toBe(200);
  expect((await raw(list, ['authorization', `bEARER ${server.acme.token}`])).status).toBe(200);
  expect((await raw(`${list}&access_token=${server.acme.token}`, [])).status).toBe(200);
});

test('the same token repeated in the query is taken', async () => {
  const { token } = server.acme;
  expect((await raw(`${list}&access_token=${token}&access_token=${token}`, [])).status).toBe(200);
});

test.each([
  ['differing repeats', (token: string) => [`${list}&access_token=${token}&access_token=${token}x`, []]],
  [
    'two transports',
    (token: string) => [`${list}&access_token=${token}`, ['Authorization', `Bearer ${token}`]],
  ],
  [
    'two Authorization headers',
    (token: string) => [list, ['Authorization', `Bearer ${token}`, 'Authorization', `Bearer ${token}`]],
  ],
  ['two tokens in one header', (token: string) => [list, ['Authorization', `Bearer ${token} ${token}`]]],
] satisfies [string, (token: string) => [string, string[]]][])(
  '%s are a malformed request',
  async (_name, build) => {
    const [path, headers] = build(server.acme.token);
    expect(await raw(path, headers)).toMatchObject({
      status: 400,
      challenge: 'Bearer realm="Latchkey", error="invalid_request"',
      body: { message: 'Bad Request', code: 'invalid_request' },
    });
  },
);

test('no token gets a challenge without an error code, an unknown one gets invalid_token', async () => {
  expect(await raw(list, [])).toMatchObject({ status: 401, challenge: 'Bearer realm="Latchkey"' });
  expect(await raw(list, ['Authorization', 'Basic eDp5'])).toMatchObject({
    status: 401,
    body: { message: 'Unauthorized', code: 'no_token' },
  });
  expect(await raw(list, ['Authorization', 'Bearer sk.abc.def'])).toMatchObject({
    status: 401,
    challenge: 'Bearer realm="Latchkey", error="invalid_token"',
    body: { message: 'Unauthorized', code: 'unknown_token' },
  });
});

test('the native API says the same in problem details', async () => {
  const response = await fetch(`${server.url}/v1/tokens`);
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: '/docs/errors#no_token',
    title: 'No token',
    status: 401,
    code: 'no_token',
    requestId: response.headers.get('x-request-id'),
  });
  expect(await raw('/v1/tokens', [...bearer(), ...bearer()])).toMatchObject({
    status: 400,
    body: { type: '/docs/errors#invalid_request', status: 400, code: 'invalid_request' },
  });
});

test("the caller's own URL restriction is judged by the evidence of the call", async () => {
  const { json } = await server.callAs(server.acme.token, 'POST', '/tokens/v2/acme', {
    scopes: ['tokens:read'],
    allowedUrls: ['https://app.example'],
  });
  const token = ['Authorization', `Bearer ${json?.token}`];
  expect((await raw(list, [...token, 'Origin', 'https://app.example'])).status).toBe(200);
  expect(await raw(list, [...token, 'Origin', 'https://evil.example'])).toMatchObject({
    status: 403,
    body: { message: 'Forbidden', code: 'url_not_allowed' },
  });
  expect(await raw(list, token)).toMatchObject({ status: 403, body: { code: 'evidence_missing' } });
  const referer = ['Referer', 'https://app.example/x'];
  expect((await raw(list, [...token, ...referer])).status).toBe(200);
  expect(await raw(list, [...token, ...referer, ...referer])).toMatchObject({
    status: 403,
    body: { message: 'Forbidden', code: 'evidence_malformed' },
  });
});

test('a repeated Referer or Origin is refused where no restriction looks at it, too', async () => {
  const token = ['Authorization', `Bearer ${server.acme.token}`];
  for (const name of ['Referer', 'Origin']) {
    const twice = [name, 'https://app.example', name, 'https://evil.example'];
    expect(await raw(list, [...token, ...twice])).toMatchObject({
      status: 400,
      body: {
        message: 'Bad Request',
        code: 'invalid_request',
        detail: `${name} came more than once. Send it once.`,
      },
    });
  }
});

test("the caller's own addresses are judged by the peer's address, whatever is forwarded", async () => {
  const elsewhere = await server.callAs(server.acme.token, 'POST', '/v1/tokens', {
    scopes: ['tokens:read'],
    allowedAddresses: ['203.0.113.0/24'],
  });
  const token = ['Authorization', `Bearer ${elsewhere.json?.token}`];
  const spoofed = [
    'X-Forwarded-For',
    '203.0.113.7',
    'Forwarded',
    'for=203.0.113.7',
    'X-Real-IP',
    '203.0.113.7',
  ];
  expect(await raw(list, [...token, ...spoofed])).toMatchObject({
    status: 403,
    body: { code: 'address_not_allowed' },
  });
});
