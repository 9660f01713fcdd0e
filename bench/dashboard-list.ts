import type { Page } from 'playwright-core';
import { startDashboard } from '../test/testing/dashboard.ts';
import { intervalOf } from './load/interval.ts';

// How soon the token list of an account with 10,000 tokens can be used, in a real Chromium before a real server on the same machine:
// from the beginning of the load, or from the click on the link to it, until the first rows are painted. An account of two
// tokens does the same in turns with it: the ratio is what the size costs. The cache holds the files, or was emptied.
// Run: node --conditions=latchkey-source bench/dashboard-list.ts [rounds]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 12));
const TOKENS = 10_000;
const AT_ONCE = 32;
const KINDS = ['load, files to be fetched', 'load, files in the cache', 'click within the page'] as const;
type Kind = (typeof KINDS)[number];

declare global {
  interface Window {
    /** Resolves with the time since the page began, in milliseconds, once rows of the list are painted. */
    rowsPainted?: Promise<number>;
  }
}

/** Runs in the page before anything of its own. */
function watchRows(): void {
  window.rowsPainted = new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[data-row] a') === null) return;
      observer.disconnect();
      // The frame after the next one begins once the rows are on the screen.
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

async function measure(page: Page, url: string, account: string, kind: Kind): Promise<number> {
  const debug = await page.context().newCDPSession(page);
  if (kind === 'load, files to be fetched') await debug.send('Network.clearBrowserCache');
  await debug.detach();
  if (kind !== 'click within the page') {
    await page.goto(`${url}/dashboard/a/${account}/tokens`);
    return page.evaluate(() => window.rowsPainted ?? Number.NaN);
  }
  await page.goto(`${url}/dashboard/a/${account}/settings`);
  const link = page.getByRole('navigation').getByRole('link', { name: 'Tokens', exact: true });
  return link.evaluate(async (element) => {
    const from = performance.now();
    if (element instanceof HTMLElement) element.click();
    return ((await window.rowsPainted) ?? Number.NaN) - from;
  });
}

const world = await startDashboard();
try {
  const { acme, rival, url } = world.server;
  const { tokens } = acme.client.native;
  for (let from = 0; from < TOKENS; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, TOKENS - from) }, (_, at) => from + at);
    await Promise.all(
      numbers.map((at) =>
        tokens.create({ note: `Token ${at}`, scopes: ['styles:read'], allowedUrls: ['a.example'] }),
      ),
    );
  }
  const accounts = [
    { account: acme, size: '10,000 tokens' },
    { account: rival, size: 'two tokens' },
  ];
  const pages = await Promise.all(
    accounts.map(async ({ account: { name, token } }) => {
      const { page } = await world.openAs({ token, account: name }, `/a/${name}/settings`);
      await page.addInitScript(watchRows);
      return page;
    }),
  );
  const taken = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const kind of KINDS) {
      for (const [at, { account, size }] of accounts.entries()) {
        const page = pages[at];
        if (page === undefined) continue;
        await page.bringToFront();
        const ms = await measure(page, url, account.name, kind);
        const key = `${kind}, ${size}`;
        // The first round warms up the server and the browser.
        if (round > 0) taken.set(key, [...(taken.get(key) ?? []), ms]);
      }
    }
  }
  for (const kind of KINDS) {
    const [many = [], few = []] = accounts.map(({ size }) => taken.get(`${kind}, ${size}`) ?? []);
    const ratio = intervalOf(many.map((ms, at) => ms / (few[at] ?? Number.NaN)));
    console.log(
      `${kind}: ${median(many)} ms with 10,000 tokens (slowest ${Math.round(Math.max(...many))}), ${median(few)} ms with two;`,
    );
    console.log(
      `  ratio ${ratio.median.toFixed(2)}, 95 % interval ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}, ${many.length} rounds`,
    );
  }
} finally {
  await world.close();
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
}
