import type { NativeToken } from '@latchkey/wire/native';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard, type View } from '../testing/dashboard.ts';

/** More than a first and a second page. */
const MANY = 640;
let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
  const { tokens } = world.server.acme.client.native;
  for (let from = 0; from < MANY; from += 32) {
    const numbers = Array.from({ length: Math.min(32, MANY - from) }, (_, at) => from + at);
    await Promise.all(numbers.map((at) => tokens.create({ note: `Bulk ${at}`, scopes: ['fonts:read'] })));
  }
  await tokens.create({
    note: 'Zebra page',
    scopes: ['styles:read'],
    allowedUrls: ['a.example', 'b.example'],
  });
  await tokens.create({ note: 'Alpha job', scopes: ['uploads:write', 'uploads:read'] });
  const gone = await tokens.create({ note: 'Gone', scopes: ['styles:read'] });
  await tokens.revoke(gone.id);
});

afterAll(() => world?.close());

function openList(query = '', view?: View) {
  const { acme } = world.server;
  return world.openAs({ token: acme.token, account: 'acme' }, `/a/acme/tokens${query}`, view);
}

const rows = (page: Page) => page.getByRole('table', { name: 'Tokens' }).getByRole('row');
const names = (page: Page) => rows(page).getByRole('link').allTextContents();
const named = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

const VIEWS: readonly View[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh' },
  { theme: 'light', language: 'zh', width: 360, height: 740 },
  { theme: 'dark', language: 'en', width: 800 },
];

test.each(VIEWS)('the list is drawn and accessible in $theme, $language', async (view) => {
  const opened = await openList('', view);
  await named(opened.page, 'Alpha job').waitFor();
  await opened.screenshot(`list-${view.width ?? ''}`, 'window');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  expect(await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await opened.close();
});

test('the newest token comes first, and each row tells what is to be known of it', async () => {
  const opened = await openList();
  const { page } = opened;
  await named(page, 'Alpha job').waitFor();
  expect((await names(page)).slice(0, 2)).toEqual(['Alpha job', 'Zebra page']);
  const cells = (name: string) =>
    rows(page)
      .filter({ has: named(page, name) })
      .getByRole('cell')
      .allTextContents();
  expect((await cells('Alpha job')).slice(2, 6)).toEqual(['Secret', '2', '–', 'never']);
  expect((await cells('Zebra page')).slice(2, 5)).toEqual(['Public', '1', '2']);
  expect((await cells('Bulk 639')).slice(2, 5)).toEqual(['Public', '1', 'anywhere']);
  await opened.close();
});

test('search, filters and order stand in the address, and an address brings them back', async () => {
  const opened = await openList();
  const { page } = opened;
  await named(page, 'Alpha job').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('alpha');
  await named(page, 'Zebra page').waitFor({ state: 'detached' });
  expect(await names(page)).toEqual(['Alpha job']);
  await page.getByLabel('Kind').selectOption({ label: 'Public' });
  await page.getByRole('heading', { name: 'No token fits' }).waitFor();
  expect(query(page)).toEqual({ q: 'alpha', usage: 'pk' });
  expect(await opened.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await named(page, 'Zebra page').waitFor();
  expect(query(page)).toEqual({});

  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await named(page, 'Bulk 0').waitFor();
  expect((await names(page)).slice(0, 3)).toEqual(['Alpha job', 'Bulk 0', 'Bulk 1']);
  expect(query(page)).toEqual({ sort: 'note' });
  await opened.close();

  const again = await openList('?status=revoked&scope=styles:read');
  await named(again.page, 'Gone').waitFor();
  expect(await names(again.page)).toEqual(['Gone']);
  expect(await again.page.getByLabel('Status').inputValue()).toBe('revoked');
  await again.page.getByRole('button', { name: 'Works anywhere' }).click();
  expect(query(again.page)).toMatchObject({ anywhere: 'true' });
  await again.close();
});

test('every token comes into view by scrolling, and no more rows than fit are in the page', async () => {
  const opened = await openList();
  const { page } = opened;
  await named(page, 'Alpha job').waitFor();
  // In the page, because each step back and forth would take longer than the step.
  const { seen, most } = await page.evaluate(async () => {
    const found = new Set<string>();
    let drawn = 0;
    for (;;) {
      const links = document.querySelectorAll('table[aria-label="Tokens"] tbody a');
      for (const link of links) found.add(link.textContent ?? '');
      drawn = Math.max(drawn, links.length);
      const before = window.scrollY;
      window.scrollBy(0, 800);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const hasMore = [...document.querySelectorAll('button')].some(
        (each) => each.textContent === 'Load more',
      );
      if (window.scrollY === before && !hasMore) return { seen: [...found], most: drawn };
    }
  });
  expect(
    Array.from({ length: MANY }, (_, at) => `Bulk ${at}`).filter((name) => !seen.includes(name)),
  ).toEqual([]);
  expect(most).toBeLessThan(80);
  expect(await page.getByText('644 tokens').count()).toBe(1);
  await opened.close();
});

test('keys go from row to row and choose', async () => {
  const opened = await openList();
  const { page } = opened;
  await named(page, 'Alpha job').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Zebra page');
  await page.keyboard.press('x');
  await page.getByText('2 chosen').waitFor();
  await page.keyboard.press('End');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('A');
  await opened.close();
});

test('many are revoked after a look at what that stops', async () => {
  const { acme } = world.server;
  const { tokens } = acme.client.native;
  const made: NativeToken[] = [];
  for (const at of [1, 2, 3])
    made.push(await tokens.create({ note: `Old shop ${at}`, scopes: ['styles:read', 'tokens:read'] }));
  // Used a moment ago, at the server's own API.
  const [used] = made;
  await world.server.callAs(used?.token ?? '', 'GET', '/v1/tokens');
  const opened = await openList('?q=old+shop');
  const { page } = opened;
  await named(page, 'Old shop 3').waitFor();

  await page.getByRole('checkbox', { name: 'Choose Old shop 2' }).check();
  await page.getByRole('checkbox', { name: 'Choose Old shop 3' }).check();
  await page.getByRole('button', { name: 'Revoke …' }).click();
  const first = page.getByRole('dialog', { name: 'Revoke 2 tokens?' });
  await first.getByText('None of them was used in the last 7 days').waitFor();
  await first.getByRole('button', { name: 'Revoke 2 tokens' }).click();
  await page.getByText('2 tokens revoked.').waitFor();
  await named(page, 'Old shop 3').waitFor({ state: 'detached' });

  await expect
    .poll(async () => (await tokens.get(used?.id ?? '')).lastUsed?.service, { timeout: 20_000 })
    .toBeDefined();
  await page.getByRole('button', { name: 'Revoke all that fit …' }).click();
  const second = page.getByRole('dialog', { name: 'Revoke 1 token?' });
  await second.getByText('1 of them was used in the last 7 days').waitFor();
  await opened.screenshot('revoke-many', 'window');
  expect(await opened.violations()).toEqual([]);
  expect((await tokens.get(used?.id ?? '')).status).toBe('active');
  await second.getByRole('button', { name: 'Revoke 1 token' }).click();
  await page.getByRole('heading', { name: 'No token fits' }).waitFor();
  for (const { id } of made) expect((await tokens.get(id)).status).toBe('revoked');
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('who may only look can neither make nor revoke', async () => {
  const { acme } = world.server;
  const viewer = { token: acme.token, account: 'acme', role: 'viewer' } as const;
  const opened = await world.openAs(viewer, '/a/acme/tokens?q=alpha');
  await named(opened.page, 'Alpha job').waitFor();
  expect(await opened.page.getByRole('link', { name: 'New token' }).count()).toBe(0);
  expect(await opened.page.getByRole('checkbox').count()).toBe(0);
  expect(await opened.page.getByRole('button', { name: /^Revoke/ }).count()).toBe(0);
  await opened.close();
});

test('a list that cannot be fetched says so, and comes when it can', async () => {
  const { acme } = world.server;
  const opened = await world.openAs({ token: acme.token, account: 'acme' }, '/a/acme/settings');
  const { page } = opened;
  await page.route('**/v1/tokens?*', (route) => route.abort());
  await page.getByRole('link', { name: 'Tokens' }).click();
  await page.getByRole('alert').getByRole('heading', { name: 'The server cannot be reached.' }).waitFor();
  expect(await opened.violations()).toEqual([]);
  await page.unroute('**/v1/tokens?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await named(page, 'Alpha job').waitFor();
  await opened.close();
});
