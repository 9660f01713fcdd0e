import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './browser/chromium.ts';
import { call, field, listOf, textField } from './testing/call.ts';
import { freePort } from './testing/free-port.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { expectTokenObject } from './testing/token-object.ts';

const SDK = fileURLToPath(new URL('../node_modules/@mapbox/mapbox-sdk/umd/mapbox-sdk.js', import.meta.url));
const PAGE = fileURLToPath(new URL('./testing/sdk-page.html', import.meta.url));

let latchkey: Latchkey;
let acme: TestAccount;
let site: Server;
let siteUrl: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  const port = await freePort();
  // `localhost` and `127.0.0.1` are different sites to a browser.
  siteUrl = `http://localhost:${port}`;
  const [sdk, html] = await Promise.all([readFile(SDK), readFile(PAGE)]);
  site = createServer((request, response) => {
    if (request.url === '/mapbox-sdk.js') response.setHeader('content-type', 'text/javascript').end(sdk);
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
  });
  await new Promise<void>((resolve) => {
    site.listen(port, '127.0.0.1', resolve);
  });
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(siteUrl);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  await latchkey?.stop();
});

interface Sent {
  readonly status: number;
  readonly message: string | null;
  readonly body: unknown;
}

/** Lets the page build an SDK client and make one call; what the SDK resolves or rejects with comes back. */
function send(accessToken: string, method: string, config?: Record<string, unknown>): Promise<Sent> {
  return inPage('callSdk', latchkey.url, accessToken, method, config);
}

/** Calls a function that the page's own script defines. */
function inPage<T>(name: string, ...args: readonly unknown[]): Promise<T> {
  return page.evaluate(`${name}(...${JSON.stringify(args)})`);
}

test('all seven calls work from a page on another origin', async () => {
  const made = await send(acme.token, 'createToken', {
    note: 'from a page',
    scopes: ['styles:read'],
    allowedUrls: [siteUrl],
  });
  expect(made.status).toBe(200);
  const token = expectTokenObject(made.body);

  const temporary = await send(acme.token, 'createTemporaryToken', {
    expires: new Date(Date.now() + 600_000).toISOString(),
    scopes: ['styles:read'],
  });
  expect(temporary).toMatchObject({
    status: 200,
    body: { token: expect.stringMatching(/^tk\./), expires_in: expect.any(Number) },
  });

  const listed = await send(acme.token, 'listTokens');
  expect(listOf(listed.body).map((row) => textField(row, 'id'))).toContain(token.id);

  const updated = await send(acme.token, 'updateToken', {
    tokenId: token.id,
    note: 'changed in a page',
    allowedUrls: null,
  });
  expect(updated).toMatchObject({ status: 200, body: { note: 'changed in a page', token: token.token } });

  expect(await send(token.token ?? '', 'getToken')).toMatchObject({
    status: 200,
    body: { code: 'TokenValid' },
  });
  expect(listOf((await send(acme.token, 'listScopes')).body).length).toBeGreaterThan(30);
  expect(await send(acme.token, 'deleteToken', { tokenId: token.id })).toMatchObject({ status: 204 });
  expect(await send(token.token ?? '', 'getToken')).toMatchObject({
    status: 200,
    body: { code: 'TokenRevoked' },
  });
});

test('a page can read why it was refused, status and text', async () => {
  const weak = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'] },
  });
  expect(await send(textField(weak.body, 'token'), 'listTokens')).toMatchObject({
    status: 404,
    message: 'Not Found',
  });
  expect(await send(`${acme.token.slice(0, -22)}${'A'.repeat(22)}`, 'listTokens')).toMatchObject({
    status: 401,
    message: 'Unauthorized',
  });
  expect(await send(acme.token, 'createToken', { scopes: ['no:such'] })).toMatchObject({
    status: 422,
    message: 'scopes are invalid',
  });
  expect(await send(acme.token, 'deleteToken', { tokenId: `c${'z'.repeat(24)}` })).toMatchObject({
    status: 404,
    message: 'Not Found',
  });
});

test('a page pages: the Link header is exposed, and eachPage sees every token once', async () => {
  const account = await makeAccount(latchkey, 'pager');
  for (let at = 0; at < 120; at += 10) {
    const batch = Array.from({ length: 10 }, () =>
      call(`${latchkey.url}/tokens/v2/pager`, { method: 'POST', token: account.token, body: { scopes: [] } }),
    );
    await Promise.all(batch);
  }
  const ids = await inPage<string[]>('listEveryId', latchkey.url, account.token);
  expect(ids.length).toBe(122);
  expect(new Set(ids).size).toBe(122);
});

test('a page may send Authorization itself, and no cookie is ever asked for', async () => {
  const answer = await page.evaluate(
    async ([url, token]) => {
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, origin: response.headers.get('access-control-allow-origin') };
    },
    [`${latchkey.url}/tokens/v2/acme`, acme.token] as const,
  );
  expect(answer.status).toBe(200);
  const withCookies = await page.evaluate(
    (url) =>
      fetch(url, { credentials: 'include' }).then(
        () => 'answered',
        () => 'blocked by the browser',
      ),
    `${latchkey.url}/tokens/v2?access_token=${acme.defaultToken}`,
  );
  expect(withCookies).toBe('blocked by the browser');
  expect(await page.context().cookies()).toEqual([]);
});

test('a page that sends too much reads its limits and when to come back', async () => {
  const limited = await startLatchkey({ rateLimitPerMinute: 3 });
  try {
    const account = await makeAccount(limited, 'busy');
    const last = await page.evaluate(
      async ([url]) => {
        let response = await fetch(url);
        for (let n = 0; n < 4; n += 1) response = await fetch(url);
        const named = ['Retry-After', 'X-Rate-Limit-Limit', 'X-Rate-Limit-Interval', 'X-Rate-Limit-Reset'];
        return {
          status: response.status,
          body: (await response.json()) as unknown,
          headers: named.map((name) => response.headers.get(name)),
        };
      },
      [`${limited.url}/tokens/v2/busy?access_token=${account.token}`] as const,
    );
    expect(last.status).toBe(429);
    expect(field(last.body, 'message')).toBe('Too Many Requests');
    expect(last.headers).toEqual([
      expect.stringMatching(/^\d+$/),
      '3',
      '60',
      expect.stringMatching(/^\d{10}$/),
    ]);
  } finally {
    await limited.stop();
  }
});
