import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test.each([
  '/tokens/v2',
  '/tokens/v2/acme',
  '/tokens/v2/acme/',
  '/tokens/v2/acme/c1',
  '/scopes/v1/acme',
  '/v1/tokens',
])('a page of any origin may ask for %s', async (path) => {
  const { status, headers, text } = await server.call(path, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://page.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(status).toBe(204);
  expect(text).toBe('');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PATCH, DELETE');
  expect(headers.get('access-control-allow-headers')).toContain('content-type, authorization');
  expect(headers.has('access-control-allow-credentials')).toBe(false);
});

test.each([
  ['an answer', '/tokens/v2/acme', 200],
  ['a refusal', '/tokens/v2/nobody', 404],
  ['an unknown path', '/tokens/v2/acme/c1/more', 404],
])('%s can be read by the page, with the headers that clients use', async (_name, path, status) => {
  const answer = await server.callAs(server.acme.token, 'GET', path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const exposed = answer.headers.get('access-control-expose-headers');
  for (const name of [
    'Link',
    'X-Rate-Limit-Limit',
    'X-Rate-Limit-Interval',
    'X-Rate-Limit-Reset',
    'Retry-After',
  ]) {
    expect(exposed).toContain(name);
  }
});
