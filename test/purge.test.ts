import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

// `latchkey gateway` tells a cache further out which answers to forget.

const SECRET = 'secret-of-the-cache';

let latchkey: Latchkey;
let gateway: Gateway;
let account: TestAccount;
let cache: Server;
/** Keys that the cache was told to forget, and whether it was shown the secret. */
const purged: { readonly key: string; readonly secret: string | undefined }[] = [];
let failures = 2;

beforeAll(async () => {
  cache = createServer(({ method, url, headers }, response) => {
    const isDown = failures-- > 0;
    if (!isDown && method === 'PURGE')
      purged.push({ key: decodeURIComponent(url ?? ''), secret: headers['x-cache-key']?.toString() });
    response.writeHead(isDown ? 503 : 200).end();
  });
  await once(cache.listen(0, '127.0.0.1'), 'listening');
  latchkey = await startLatchkey();
  account = await makeAccount(latchkey, 'acme');
  const url = `http://127.0.0.1:${(cache.address() as AddressInfo).port}/{key}`;
  const hook = { url, method: 'PURGE', headers: { 'X-Cache-Key': SECRET } };
  gateway = await startGateway(latchkey, {
    LATCHKEY_GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
    LATCHKEY_GATEWAY_PURGE: JSON.stringify([hook]),
    LATCHKEY_SERVICES: '[{"name":"a","title":"A","routes":[]}]',
  });
});
afterAll(async () => {
  await gateway?.stop();
  await latchkey?.stop();
  cache?.close();
});

async function makeToken(scopes: readonly string[] = ['styles:read']): Promise<string> {
  const tokens = `${latchkey.url}/tokens/v2/acme`;
  const made = await call(tokens, { method: 'POST', token: account.token, body: { scopes } });
  return textField(made.body, 'id');
}
const keys = () => purged.map(({ key }) => key);
const untilPurged = (key: string) =>
  until(`${key} to be purged`, () => (keys().includes(key) ? true : undefined));

test('a cache is told of a token that is revoked, again after it has failed, and is shown its secret', async () => {
  const id = await makeToken();
  const kept = await makeToken();
  await call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: account.token });
  await untilPurged(`/latchkey-${id}`);
  expect(purged[0]?.secret).toBe(SECRET);
  expect(keys()).not.toContain(`/latchkey-${kept}`);
  expect(failures).toBeLessThan(0);
});

test('it is told of a token that may do less, and of a suspended account', async () => {
  const id = await makeToken(['styles:read', 'fonts:read']);
  await call(`${latchkey.url}/tokens/v2/acme/${id}`, {
    method: 'PATCH',
    token: account.token,
    body: { scopes: ['fonts:read'] },
  });
  await untilPurged(`/latchkey-${id}`);
  const suspend = `${latchkey.url}/v1/accounts/acme/suspend`;
  const suspended = await call(suspend, { method: 'POST', token: latchkey.operatorToken });
  expect(suspended.status).toBe(200);
  await untilPurged('/latchkey-account-acme');
});

test('the figures tell of it, and the log shows no secret', async () => {
  const figures = (await call(`${gateway.url}/metrics`)).text;
  expect(figures).toMatch(/latchkey_purge_calls_total\{outcome="done"\} [3-9]/);
  expect(figures).toMatch(/latchkey_purge_calls_total\{outcome="failed"\} 0/);
  expect(figures).toMatch(/latchkey_purge_calls_waiting 0/);
  expect(gateway.log()).toContain('purge call failed');
  expect(gateway.log() + figures).not.toContain(SECRET);
});
