import { afterEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;

afterEach(() => server.close());

const limits = (perMinute: number, anonymous: number) => ({
  environment: {
    LATCHKEY_RATE_LIMIT_PER_MINUTE: String(perMinute),
    LATCHKEY_RATE_LIMIT_ANONYMOUS_PER_MINUTE: String(anonymous),
  },
});

test('an account past its limit gets 429 with the three headers, and other accounts do not', async () => {
  server = await startTestServer(limits(3, 0));
  const list = (token: string, name: string) => server.callAs(token, 'GET', `/tokens/v2/${name}`);
  for (let count = 0; count < 3; count++) {
    const { status, headers } = await list(server.acme.token, 'acme');
    expect(status).toBe(200);
    expect(headers.get('x-rate-limit-limit')).toBe('3');
  }
  const { status, headers, json } = await list(server.acme.token, 'acme');
  expect(status).toBe(429);
  expect(json).toMatchObject({ message: 'Too Many Requests', code: 'rate_limited' });
  expect(headers.get('x-rate-limit-interval')).toBe('60');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(headers.get('x-rate-limit-reset'))).toBeGreaterThan(Date.now() / 1000);
  expect((await list(server.rival.token, 'rival')).status).toBe(200);
});

test('calls that are not authorised spend nothing of the account, and its own calls go on when its address is spent', async () => {
  server = await startTestServer(limits(3, 2));
  const withPublic = () => server.callAs(server.acme.publicToken, 'GET', '/tokens/v2/acme');
  expect((await withPublic()).status).toBe(404);
  expect((await withPublic()).status).toBe(404);
  expect((await withPublic()).status).toBe(429);
  expect((await server.call('/v1/tokens')).status).toBe(429);
  expect((await server.callAs(server.acme.token, 'GET', '/tokens/v2/acme')).status).toBe(200);
});

test('validating counts against the address', async () => {
  server = await startTestServer(limits(100, 1));
  const validate = () => server.callAs(server.acme.publicToken, 'GET', '/tokens/v2');
  expect((await validate()).status).toBe(200);
  expect((await validate()).status).toBe(429);
});

test('making and changing tokens counts the same through both APIs; revoking through the native one is never held up', async () => {
  server = await startTestServer(limits(3, 0));
  const native = (method: string, path: string, body?: unknown) =>
    server.callAs(server.acme.token, method, `/v1/tokens${path}`, body);
  const made = await native('POST', '', { scopes: [] });
  expect(made.status).toBe(201);
  expect((await native('PATCH', `/${made.json?.id}`, { note: 'x' })).status).toBe(200);
  expect((await server.callAs(server.acme.token, 'GET', '/tokens/v2/acme')).status).toBe(200);
  const refused = await native('POST', '', { scopes: [] });
  expect(refused.status).toBe(429);
  expect(refused.json).toMatchObject({ code: 'rate_limited' });
  expect((await native('DELETE', `/${made.json?.id}`)).status).toBe(204);
});

test('reading through the native API is not limited for who is authorised', async () => {
  server = await startTestServer(limits(1, 1));
  for (let count = 0; count < 5; count++) {
    expect((await server.callAs(server.acme.token, 'GET', '/v1/tokens')).status).toBe(200);
  }
});
