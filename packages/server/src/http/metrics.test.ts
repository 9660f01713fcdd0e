import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const read = () => server.call('/metrics', { headers: { authorization: `Bearer ${server.operator}` } });

test('the figures tell calls by the pattern of their route, the newest change and the verifiers', async () => {
  await server.callAs(server.acme.token, 'GET', `/v1/tokens/${server.acme.tokenId}`);
  await server.callAs(server.acme.token, 'DELETE', `/v1/tokens/${server.acme.publicTokenId}`);
  const { status, headers, text } = await read();
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text).toContain('latchkey_calls_total{route="/v1/tokens/{id}",status="200"} 1\n');
  expect(text).toMatch(/^latchkey_call_seconds_count\{route="\/v1\/tokens\/\{id\}"\} 2$/m);
  expect(text).toContain('latchkey_alarms 0\n');
  expect(text).toContain('latchkey_verifiers{state="pending"} 0\n');
  const revision = Number(/^latchkey_revision (\d+)$/m.exec(text)?.[1]);
  await server.callAs(server.acme.token, 'POST', '/v1/tokens', { scopes: ['styles:read'] });
  expect((await read()).text).toContain(`latchkey_revision ${revision + 1}\n`);
});

test('they hold no token, no id of a token and no name of an account', async () => {
  const { text } = await read();
  for (const secret of [server.acme.tokenId, server.acme.token, server.acme.publicToken, 'acme', 'rival']) {
    expect(text).not.toContain(secret);
  }
});

test('they are for tokens with verifiers:read alone, which an account cannot have', async () => {
  expect((await server.call('/metrics')).status).toBe(401);
  const { status, json } = await server.callAs(server.acme.token, 'GET', '/metrics');
  expect(status).toBe(403);
  expect(json).toMatchObject({ code: 'insufficient_scope' });
});
