import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './browser/chromium.ts';
import { type BrowserUpstream, startBrowserUpstream } from './testing/browser-upstream.ts';
import { call, field, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type PageSites, startPageSites } from './testing/page-sites.ts';
import { REQUEST_KINDS } from './testing/request-kinds.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { type ReverseProxy, startReverseProxy } from './testing/start-reverse-proxy.ts';
import { hasSystemProgram } from './testing/system-program.ts';
import { until } from './testing/until.ts';

// Real pages, on sites of their own, make every kind of request that browsers know, through the reverse proxy to an API on another
// site. Each is let in or refused as docs/url-restrictions.md says, by the evidence that this browser really sends.

const SERVICES = [
  {
    name: 'maps',
    title: 'Maps',
    routes: [
      { methods: ['GET', 'POST'], path: '/maps/{rest*}', scopes: ['styles:read'], description: 'Maps.' },
    ],
  },
];
const hasOpenssl = hasSystemProgram('openssl', 'a page over TLS', 'version');

let latchkey: Latchkey;
let api: BrowserUpstream;
let proxy: ReverseProxy;
let sites: PageSites;
let browser: Browser;
let secret: string;
let folder: string;
let pageToken: string;
let openToken: string;
let proxyPort: string;

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: JSON.stringify(SERVICES) } });
  secret = (await makeAccount(latchkey, 'acme')).token;
  api = await startBrowserUpstream();
  sites = await startPageSites({ withTls: hasOpenssl });
  proxy = await startReverseProxy(latchkey, {
    LATCHKEY_GATEWAY_PROXY_UPSTREAM: `http://127.0.0.1:${api.port}`,
    LATCHKEY_GATEWAY_PUBLIC_ORIGIN: 'http://127.0.0.1:1',
  });
  proxyPort = new URL(proxy.proxyUrl).port;
  browser = await launchChromium({
    localHosts: ['page.example', 'other.example', 'cdn.example', 'api.example'],
  });
  folder = await mkdtemp(join(tmpdir(), 'latchkey-pages-'));
  pageToken = await makeToken([site('page.example')]);
  openToken = await makeToken(undefined);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.stop();
  sites?.close();
  api?.close();
  await latchkey?.stop();
  await rm(folder, { recursive: true, force: true });
});

const site = (host: string) => `http://${host}:${sites.port}`;

async function makeToken(allowedUrls: readonly string[] | undefined): Promise<string> {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: secret,
    body: { scopes: ['styles:read'], note: 'page', ...(allowedUrls && { allowedUrls }) },
  });
  const text = textField(made.body, 'token');
  await until('the token to arrive', async () =>
    (await call(`${proxy.proxyUrl}/maps/0`, { token: text })).status === 401 ? undefined : true,
  );
  return text;
}

let asked = 0;

/** Lets a page of this address begin a request, and tells what became of it: `allowed` where the API got it, or the reason. */
async function outcomeOf(
  address: string,
  { script, ending = '' }: { readonly script: string; readonly ending?: string },
  { token = pageToken, host = 'api.example' } = {},
): Promise<string> {
  asked += 1;
  const path = `/maps/${asked}${ending}`;
  const url = `http://${host}:${proxyPort}${path}?access_token=${token}`;
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    await page.goto(address);
    const before = await outcomes();
    await begin(page, script, url);
    return await until(`a decision about ${script}`, async () => {
      if (api.arrived.some((line) => line.split(' ')[1] === path)) return 'allowed';
      const now = await outcomes();
      return [...now].find(
        ([outcome, count]) => outcome !== 'allowed' && count > (before.get(outcome) ?? 0),
      )?.[0];
    });
  } finally {
    await context.close();
  }
}

async function begin(page: Page, script: string, url: string): Promise<void> {
  const cdn = `${site('cdn.example')}/`;
  // A navigation takes the page away while it is still evaluated.
  await page
    .evaluate(`(() => { const url = ${JSON.stringify(url)}, cdn = ${JSON.stringify(cdn)}; ${script}; })()`)
    .catch(() => undefined);
}

async function outcomes(): Promise<ReadonlyMap<string, number>> {
  const { text } = await call(`${proxy.url}/metrics`);
  const lines = text.matchAll(/^latchkey_decisions_total\{outcome="(\w+)"\} (\d+)$/gm);
  return new Map(Array.from(lines, ([, outcome = '', count]) => [outcome, Number(count)]));
}

describe('with a token for one site', () => {
  test.each(REQUEST_KINDS)('$name on that site: $onItsSite', async (kind) => {
    expect(await outcomeOf(`${site('page.example')}/a/page`, kind)).toBe(kind.onItsSite);
  });

  test.each(REQUEST_KINDS)('$name on another site: $elsewhere', async (kind) => {
    expect(await outcomeOf(`${site('other.example')}/a/page`, kind)).toBe(kind.elsewhere);
  });

  test('the address bar: no evidence', async () => {
    const script = 'location.href = url';
    const address = `http://api.example:${proxyPort}/maps/bar?access_token=${pageToken}`;
    const before = await outcomes();
    const page = await browser.newPage();
    const answer = await page.goto(address);
    const body: unknown = await answer?.json();
    await page.close();
    expect([answer?.status(), field(body, 'code')]).toEqual([403, 'evidence_missing']);
    expect((await outcomes()).get('evidence_missing')).toBe((before.get('evidence_missing') ?? 0) + 1);
    // A script that leads there is a link, and says where from.
    expect(await outcomeOf(`${site('page.example')}/`, { script, ending: '.html' })).toBe('allowed');
  });

  test('a file: fetch has an opaque origin, an image no evidence', async () => {
    const file = join(folder, 'page.html');
    await writeFile(file, '<!doctype html><body></body>');
    const address = pathToFileURL(file).href;
    expect(await outcomeOf(address, { script: 'fetch(url)' })).toBe('origin_opaque');
    const image = { script: 'document.body.append(Object.assign(new Image(), {src: url}))', ending: '.png' };
    expect(await outcomeOf(address, image)).toBe('evidence_missing');
  });

  test.runIf(hasOpenssl)('a page over TLS, an API without: its origin alone decides', async () => {
    const secure = `https://page.example:${sites.tlsPort}`;
    const token = await makeToken([secure]);
    const on = { token, host: '127.0.0.1' };
    expect(await outcomeOf(`${secure}/a/page`, { script: 'fetch(url)' }, on)).toBe('allowed');
    const image = { script: 'document.body.append(Object.assign(new Image(), {src: url}))', ending: '.png' };
    expect(await outcomeOf(`${secure}/a/page`, image, on)).toBe('evidence_missing');
    const other = `https://other.example:${sites.tlsPort}/`;
    expect(await outcomeOf(other, { script: 'fetch(url)' }, on)).toBe('url_not_allowed');
  });
});

test('a path counts where the page shows it, and is advice where it does not', async () => {
  const token = await makeToken([`${site('page.example')}/maps`]);
  const shown = {
    script: "document.body.append(Object.assign(new Image(), {referrerPolicy: 'unsafe-url', src: url}))",
    ending: '.png',
  };
  expect(await outcomeOf(`${site('page.example')}/maps/a`, shown, { token })).toBe('allowed');
  expect(await outcomeOf(`${site('page.example')}/elsewhere`, shown, { token })).toBe('url_not_allowed');
  expect(await outcomeOf(`${site('page.example')}/elsewhere`, { script: 'fetch(url)' }, { token })).toBe(
    'allowed',
  );
});

test("pages of the API's own origin are judged by their whole address, or by Sec-Fetch-Site where that is hidden", async () => {
  const own = `http://127.0.0.1:${proxyPort}`;
  const address = `${own}/maps/inside.html?access_token=${openToken}`;
  const token = await makeToken([`${own}/maps/inside.html`]);
  const elsewhere = await makeToken([`${own}/elsewhere`]);
  const on = { token, host: '127.0.0.1' };
  expect(await outcomeOf(address, { script: 'fetch(url)' }, on)).toBe('allowed');
  expect(await outcomeOf(address, { script: 'fetch(url)' }, { ...on, token: elsewhere })).toBe(
    'url_not_allowed',
  );
  const hidden = { script: "fetch(url, { referrerPolicy: 'no-referrer' })" };
  // The public origin that is configured here is another one, so that this shows where the evidence came from.
  expect(await outcomeOf(address, hidden, on)).toBe('url_not_allowed');
  const configured = await makeToken(['http://127.0.0.1:1']);
  expect(await outcomeOf(address, hidden, { ...on, token: configured })).toBe('allowed');
});

describe('what a page can read', () => {
  async function inPage<T>(script: string): Promise<T> {
    const page = await browser.newPage();
    try {
      await page.goto(`${site('other.example')}/`);
      return await page.evaluate<T>(script);
    } finally {
      await page.close();
    }
  }
  const read = (url: string, options = '{}') =>
    inPage<unknown>(`fetch(${JSON.stringify(url)}, ${options}).then(async (answer) =>
      [answer.status, (await answer.json()).code ?? null, answer.headers.get('www-authenticate')])`);
  const bearer = (token: string) => JSON.stringify({ headers: { authorization: `Bearer ${token}` } });

  test('why it was refused, also after a preflight', async () => {
    const url = `http://api.example:${proxyPort}/maps/1`;
    expect(await read(`${url}?access_token=${pageToken}`)).toEqual([
      403,
      'url_not_allowed',
      expect.any(String),
    ]);
    expect(await read(url, bearer(pageToken))).toEqual([403, 'url_not_allowed', expect.any(String)]);
    expect(await read(url)).toEqual([401, 'no_token', expect.any(String)]);
    const unknown = `${pageToken.slice(0, -22)}${'A'.repeat(22)}`;
    expect(await read(url, bearer(unknown))).toEqual([401, 'unknown_token', expect.any(String)]);
  });

  test('that there is no such route, although its preflight has none either', async () => {
    const url = `http://api.example:${proxyPort}/lost`;
    expect(await read(url, bearer(openToken))).toEqual([404, 'route_not_found', null]);
  });

  test('the answer of the API, where it is let in', async () => {
    const url = `http://api.example:${proxyPort}/maps/1`;
    expect(await read(url, bearer(openToken))).toEqual([200, null, null]);
  });

  test('a WebSocket talks both ways, and closes at both sides', async () => {
    const url = `ws://api.example:${proxyPort}/maps/live?access_token=${openToken}`;
    const heard = await inPage<unknown>(`new Promise((resolve, reject) => {
      const socket = new WebSocket(${JSON.stringify(url)});
      const heard = [];
      socket.onerror = () => reject(new Error('no connection'));
      socket.onmessage = ({ data }) => {
        heard.push(data);
        if (heard.length === 1) socket.send('there');
        else resolve(heard);
      };
    })`);
    expect(heard).toEqual(['hello', 'echo there']);
    expect(api.arrived).toContain('WS /maps/live');
    const refused = await inPage<unknown>(`new Promise((resolve) => {
      const socket = new WebSocket(${JSON.stringify(url.replace(openToken, pageToken))});
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    })`);
    expect(refused).toBe('refused');
  });
});
