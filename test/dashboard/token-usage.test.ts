import { readFile } from 'node:fs/promises';
import type { NativeToken } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard } from '../testing/dashboard.ts';
import { MAP_SERVICES, reportPast } from '../testing/used-tokens.ts';

let world: DashboardWorld;
let shop: NativeToken;

beforeAll(async () => {
  world = await startDashboard({ yaml: MAP_SERVICES });
  const { tokens } = world.server.acme.client.native;
  shop = await tokens.create({ scopes: ['styles:read'], note: 'Shop map' });
  const kiosk = await tokens.create({ scopes: ['styles:read'], note: 'Kiosk' });
  await reportPast(world.server, shop, [
    { outcome: 'allowed', service: 'styles', origin: 'shop.example', level: 90 },
    { outcome: 'url_not_allowed', service: 'styles', origin: 'copycat.example', level: 8 },
  ]);
  await reportPast(world.server, kiosk, [
    { outcome: 'allowed', service: 'fonts', origin: 'kiosk.example', level: 30 },
  ]);
});
afterAll(() => world?.close());

const VIEWS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const;

test.each(VIEWS)("an account's usage is drawn and accessible in $theme, $language", async (view) => {
  const { acme } = world.server;
  const opened = await world.openAs(
    { token: acme.token, account: 'acme' },
    '/a/acme/usage?range=7d&by=token',
    view,
  );
  const { page } = opened;
  await page.getByRole('slider').waitFor();
  await page.getByRole('cell', { name: 'Kiosk' }).waitFor();
  await opened.screenshot('usage');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('it is told apart by outcome, service and token, over a span that stands in the address', async () => {
  const { acme } = world.server;
  const opened = await world.openAs({ token: acme.token, account: 'acme' }, '/a/acme/usage');
  const { page } = opened;
  await page.getByText('url_not_allowed').waitFor();
  await page.getByText('Service', { exact: true }).click();
  await page.getByRole('listitem').filter({ hasText: 'fonts' }).waitFor();
  await page.getByText('7 days', { exact: true }).click();
  expect(page.url()).toMatch(/range=7d/);
  expect(page.url()).toMatch(/by=service/);
  await page.getByRole('link', { name: 'Shop map' }).click();
  await page.getByRole('heading', { level: 1, name: 'Shop map' }).waitFor();
  await opened.close();
});

test('other days can be named, and the wrong order is told', async () => {
  const { acme } = world.server;
  const opened = await world.openAs({ token: acme.token, account: 'acme' }, '/a/acme/usage');
  const { page } = opened;
  await page.getByLabel('First day').fill('2026-02-02');
  await page.getByLabel('Last day').fill('2026-02-01');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText('The last day must not come before the first.').waitFor();
  await page.getByLabel('Last day').fill('2026-02-03');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText('No requests in this time.').first().waitFor();
  expect(await opened.violations()).toEqual([]);
  await opened.close();
});

test("the account's usage can be downloaded as CSV", async () => {
  const { acme } = world.server;
  const opened = await world.openAs(
    { token: acme.token, account: 'acme' },
    '/a/acme/usage?range=7d&by=service',
  );
  const { page } = opened;
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const file = await (await download).path();
  const [head = '', first = ''] = (await readFile(file, 'utf8')).split('\r\n');
  expect(head).toBe('at,token,service,count');
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z,c[a-z0-9]{24},(styles|fonts),\d+$/);
  await opened.close();
});
