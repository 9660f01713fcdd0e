import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDashboard } from '../../../../../scripts/build-dashboard.mjs';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let behindTls: TestServer;

beforeAll(async () => {
  expect(buildDashboard().status).not.toBe('failed');
  server = await startTestServer();
  behindTls = await startTestServer({
    environment: { LATCHKEY_PUBLIC_URL: 'https://tokens.example.com' },
  });
});

afterAll(async () => {
  await server?.close();
  await behindTls?.close();
});

/** The address of the program in the page: `/dashboard/assets/index-….js`. */
async function scriptOf({ call }: TestServer): Promise<string> {
  const page = await call('/dashboard/', { headers: { 'accept-encoding': 'identity' } });
  return /src="(\/dashboard\/assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? '';
}

test('the root of the server leads to the dashboard', async () => {
  const answer = await server.call('/', { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/dashboard/']);
});

test('every address of a screen is the page, which is asked for again each time', async () => {
  for (const path of [
    '/dashboard/',
    '/dashboard/sign-in',
    '/dashboard/a/acme/tokens/cl.x',
    '/dashboard/a/x.y',
  ]) {
    const answer = await server.call(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.text).toContain('<div id="root">');
  }
});

test('a page that was not changed is answered with 304', async () => {
  const etag = (await server.call('/dashboard/')).headers.get('etag') ?? '';
  const again = await server.call('/dashboard/', { headers: { 'if-none-match': etag } });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('files with a digest in their name are kept for ever, and those that are not there are no page', async () => {
  const script = await server.call(await scriptOf(server));
  expect(script.status).toBe(200);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const path of ['/dashboard/assets/none.js', '/dashboard/..%2fpackage.json']) {
    const missing = await server.call(path);
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
  }
});

test.each([
  ['br', 'gzip, deflate, br', 'br'],
  ['gzip where br is refused', 'br;q=0, gzip', 'gzip'],
  ['nothing where nothing is wanted', 'identity', null],
] as const)('files are sent compressed with %s', async (_name, accepted, sent) => {
  const path = await scriptOf(server);
  const whole = await server.call(path, { headers: { 'accept-encoding': 'identity' } });
  const answer = await server.call(path, { headers: { 'accept-encoding': accepted } });
  expect(answer.headers.get('content-encoding')).toBe(sent);
  expect(answer.headers.get('vary')).toBe('accept-encoding');
  expect(answer.text).toBe(whole.text);
});

test('nothing inline runs in the page, nobody frames it, and no other window reaches it', async () => {
  const { headers, text } = await server.call('/dashboard/', { headers: { 'accept-encoding': 'identity' } });
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=/);
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('browsers are told to insist on TLS where the server stands behind it, and only there', async () => {
  const header = 'strict-transport-security';
  expect((await server.call('/dashboard/')).headers.get(header)).toBeNull();
  expect((await behindTls.call('/dashboard/')).headers.get(header)).toBe('max-age=31536000');
});
