import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('no call leaves a secret, a query string or a path in the log', async () => {
  const { token } = server.acme;
  const canary = 'sk.eyJ1IjoiY2FuYXJ5In0.CanaryCanaryCanaryCana';
  const made = await server.callAs(token, 'POST', '/v1/tokens', {
    scopes: ['uploads:write'],
    note: 'private note',
  });
  await server.call(`/tokens/v2/acme?access_token=${token}`);
  await server.call(`/v1/tokens?access_token=${token}`);
  await server.call(`/tokens/v2?access_token=${canary}`);
  await server.call(`/tokens/v2/acme?access_token=${canary}&x=secretquery`);
  await server.call(`/${canary}/secretpath?access_token=${canary}`);
  await server.callAs(canary, 'POST', '/tokens/v2/acme', { scopes: [canary] });
  await server.callAs(token, 'POST', '/tokens/v2/acme', { scopes: [canary], [canary]: canary });
  await server.callAs(token, 'POST', '/v1/explain', {
    token: canary,
    request: { url: `/?access_token=${canary}` },
  });
  const log = server.logged.join('');
  for (const secret of [
    token,
    canary,
    String(made.json?.token),
    'Canary',
    'secretquery',
    'secretpath',
    'private note',
  ]) {
    expect(log).not.toContain(secret);
  }
  expect(log).not.toContain('access_token');
});

test('a call is one line: method, route pattern, status, milliseconds and the request id of its answer', async () => {
  const { headers } = await server.callAs(server.acme.token, 'GET', '/tokens/v2/acme?limit=1');
  const requestId = String(headers.get('x-request-id'));
  const lines = server.logged.filter((line) => line.includes(requestId));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(String(lines[0]))).toMatchObject({
    method: 'GET',
    route: '/tokens/v2/{account}',
    status: 200,
    ms: expect.any(Number),
    requestId,
  });
});

test('a secret token in the query of the native API is flagged by its id', async () => {
  await server.call(`/v1/tokens?access_token=${server.acme.token}`);
  const flagged = server.logged.find((line) => line.includes('query string'));
  expect(JSON.parse(String(flagged))).toMatchObject({ token: server.acme.tokenId });
});
