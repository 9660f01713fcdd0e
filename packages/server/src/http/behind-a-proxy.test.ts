import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
let restricted: string;

beforeAll(async () => {
  server = await startTestServer({
    environment: {
      LATCHKEY_TRUSTED_PROXIES: '127.0.0.0/8',
      LATCHKEY_PUBLIC_URL: 'https://tokens.example.com/keys/',
    },
  });
  const { token } = await server.acme.client.native.tokens.create({
    scopes: ['tokens:read'],
    allowedAddresses: ['203.0.113.0/24'],
  });
  restricted = String(token);
});
afterAll(() => server.close());

const listFrom = (forwarded: string) =>
  server.call('/tokens/v2/acme', {
    headers: { authorization: `Bearer ${restricted}`, 'x-forwarded-for': forwarded },
  });

test.each([
  ['203.0.113.7', 200],
  ['198.51.100.1, 203.0.113.7', 200],
  ['203.0.113.7, 198.51.100.1', 403],
  ['203.0.113.7, not-an-address', 403],
  ['198.51.100.1', 403],
])('from a trusted proxy, "%s" counts by its rightmost entry', async (forwarded, status) => {
  expect((await listFrom(forwarded)).status).toBe(status);
});

test('links and docs are made from the configured public URL', async () => {
  const page = await server.callAs(server.acme.token, 'GET', '/tokens/v2/acme?limit=1');
  expect(page.headers.get('link')).toMatch(
    /^<https:\/\/tokens\.example\.com\/keys\/tokens\/v2\/acme\?limit=1&start=/,
  );
  expect((await server.call('/tokens/v2')).json?.docs).toBe(
    'https://tokens.example.com/keys/docs/errors#access_token_required',
  );
});

test('a page of the server itself, which shows neither origin nor referrer, has the public origin', async () => {
  const { token } = await server.acme.client.native.tokens.create({
    scopes: ['tokens:read'],
    allowedUrls: ['https://tokens.example.com'],
  });
  const call = (site: string) =>
    server.call('/tokens/v2/acme', { headers: { authorization: `Bearer ${token}`, 'sec-fetch-site': site } });
  expect((await call('same-origin')).status).toBe(200);
  expect((await call('cross-site')).json).toMatchObject({ code: 'evidence_missing' });
});

test('HEAD answers as GET does, without a body', async () => {
  const headers = { authorization: `Bearer ${server.acme.token}` };
  const answer = await server.call('/tokens/v2/acme?limit=1', { method: 'HEAD', headers });
  expect(answer).toMatchObject({ status: 200, text: '' });
  expect(answer.headers.get('link')).toContain('rel="next"');
});
