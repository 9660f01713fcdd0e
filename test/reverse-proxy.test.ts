import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { type EchoUpstream, startEchoUpstream } from './testing/echo-upstream.ts';
import { findSecrets } from './testing/find-secrets.ts';
import { makeAccount } from './testing/make-account.ts';
import { rawRequest } from './testing/raw-http.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { type ReverseProxy, startReverseProxy } from './testing/start-reverse-proxy.ts';
import { until } from './testing/until.ts';

// `latchkey gateway` in a process of its own, as the reverse proxy before an API.

let latchkey: Latchkey;
let upstream: EchoUpstream;
let other: EchoUpstream;
let proxy: ReverseProxy;
let secret: string;

const yaml = ({ port }: EchoUpstream, more = '') => `
services:
  - name: maps
    title: Maps
    routes:
      - {methods: [GET, POST], path: '/maps/{id}', scopes: [styles:read], description: A map.}
gateway:
  proxy: {upstream: 'http://127.0.0.1:${port}'}
${more}`;

beforeAll(async () => {
  latchkey = await startLatchkey();
  secret = (await makeAccount(latchkey, 'acme')).token;
  [upstream, other] = [await startEchoUpstream(), await startEchoUpstream()];
  await configure(yaml(upstream));
  proxy = await startReverseProxy(latchkey, { LATCHKEY_CONFIG: join(latchkey.dataDir, 'gateway.yaml') });
});
afterAll(async () => {
  await proxy?.stop();
  upstream?.close();
  other?.close();
  await latchkey?.stop();
});

const configure = (text: string) => writeFile(join(latchkey.dataDir, 'gateway.yaml'), text);

/** A token that the gateway knows. */
async function makeToken(scopes: readonly string[]): Promise<{ id: string; text: string }> {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: secret,
    body: { scopes, note: 'proxy' },
  });
  const text = textField(made.body, 'token');
  await until('the token to arrive', async () =>
    (await call(`${proxy.proxyUrl}/maps/0`, { token: text })).status === 401 ? undefined : true,
  );
  return { id: textField(made.body, 'id'), text };
}

test('what is allowed reaches the API with an identity and without the token; a revoked token does not', async () => {
  const { id, text } = await makeToken(['styles:read']);
  const target = `/maps/1?x=%41&access_token=${text}&y`;
  const headers = [
    ['Latchkey_Account', 'spoofed'],
    ['X_Forwarded_For', '203.0.113.66'],
  ] as const;
  const answer = await rawRequest(proxy.proxyUrl, { method: 'POST', target, headers, body: 'a map' });
  expect([answer.status, answer.body]).toEqual([200, { let: 'in' }]);
  const arrived = upstream.arrived.at(-1);
  expect(arrived).toMatchObject({ method: 'POST', target: '/maps/1?x=%41&y', body: 'a map' });
  expect(arrived?.headers.get('latchkey-account')).toEqual(['acme']);
  expect(arrived?.headers.get('latchkey-token-id')).toEqual([id]);
  expect(arrived?.headers.get('x-forwarded-for')).toEqual(['127.0.0.1']);

  const seen = upstream.arrived.length;
  await call(`${latchkey.url}/tokens/v2/acme/${id}`, {
    method: 'DELETE',
    token: secret,
    headers: { prefer: 'wait=5' },
  });
  const refused = await until('the token to be refused', async () => {
    const before = await rawRequest(proxy.proxyUrl, { method: 'GET', target });
    return before.status === 200 ? undefined : before;
  });
  expect([refused.status, field(refused.body, 'message')]).toEqual([401, 'Not Authorized - Invalid Token']);
  const afterwards = upstream.arrived.length;
  await rawRequest(proxy.proxyUrl, { method: 'GET', target });
  expect(upstream.arrived.length).toBe(afterwards);
  expect(afterwards).toBeGreaterThanOrEqual(seen);
});

test('a secret token in a URL is told to the API, refused where that was chosen, and in no log', async () => {
  const { text } = await makeToken(['styles:read', 'map:read']);
  expect(text).toMatch(/^sk\./);
  const url = `${proxy.proxyUrl}/maps/1?access_token=${text}`;
  const referer = { referer: `${proxy.proxyUrl}/maps/2?access_token=${text}` };
  expect((await call(url, { headers: referer })).status).toBe(200);
  expect(upstream.arrived.at(-1)?.headers.get('latchkey-exposed-in-url')).toEqual(['true']);

  await configure(yaml(upstream, 'secretInQuery: refuse'));
  await proxy.reload();
  const refused = await call(url);
  expect([refused.status, field(refused.body, 'code')]).toEqual([401, 'secret_in_query']);
  await configure(yaml(upstream));
  await proxy.reload();

  // An API that fails is what a gateway would most like to log whole.
  await call(`${proxy.proxyUrl}/lost?access_token=${text}`);
  await rawRequest(proxy.proxyUrl, {
    method: 'GET',
    target: `/maps/1?access_token=${text}`,
    headers: [['Bad Name', 'x']],
  });
  const everything = JSON.stringify(
    upstream.arrived.map(({ headers, ...rest }) => ({ ...rest, headers: [...headers] })),
  );
  const figures = (await call(`${proxy.url}/metrics`)).text;
  const places = new Map([
    ['log of the gateway', proxy.log()],
    ['log of the server', latchkey.log()],
    ['figures', figures],
    ['what the API got', everything],
  ]);
  expect(findSecrets([text], places)).toEqual([]);
});

test('with the server away what is known goes on; with the API away the answer is 502', async () => {
  const { text } = await makeToken(['styles:read']);
  await latchkey.kill();
  try {
    expect((await call(`${proxy.proxyUrl}/maps/1`, { token: text })).status).toBe(200);
  } finally {
    await latchkey.start();
  }
  const gone = await startEchoUpstream();
  gone.close();
  await configure(yaml(gone));
  await proxy.reload();
  const answer = await call(`${proxy.proxyUrl}/maps/1`, { token: text });
  expect([answer.status, field(answer.body, 'code')]).toEqual([502, 'upstream_unavailable']);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  await until('the log to tell it', () => proxy.log().includes('upstream_unavailable') || undefined);
  const figures = (await call(`${proxy.url}/metrics`)).text;
  expect(figures).toContain('latchkey_proxy_failures_total{code="upstream_unavailable"} 1\n');
});

test('a reload moves it to another API at once, and says what waits for a restart', async () => {
  const { text } = await makeToken(['styles:read']);
  await configure(yaml(other).replace('{upstream', '{idleTimeoutMs: 1234, upstream'));
  expect(await proxy.reload()).toContain('gateway.proxy.idleTimeoutMs');
  const before = upstream.arrived.length;
  expect((await call(`${proxy.proxyUrl}/maps/1`, { token: text })).status).toBe(200);
  expect([upstream.arrived.length, other.arrived.length]).toEqual([before, 1]);
  await configure(yaml(other).replace('{upstream', '{upstreams: {tiles: "http://127.0.0.1:1"}, upstream'));
  expect(await proxy.reload()).toContain('no service is named \\"tiles\\"');
  expect((await call(`${proxy.proxyUrl}/maps/1`, { token: text })).status).toBe(200);
  await configure(yaml(upstream));
  await proxy.reload();
});
