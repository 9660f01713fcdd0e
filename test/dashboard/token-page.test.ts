import type { NativeToken } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardPage, type DashboardWorld, startDashboard, type View } from '../testing/dashboard.ts';
import { MAP_SERVICES, reportPast, startVerifier, type UsedVerifier } from '../testing/used-tokens.ts';

let world: DashboardWorld;
/** Stays connected, so that receipts have somebody to tell of. */
let watching: UsedVerifier;
let shop: NativeToken;

beforeAll(async () => {
  world = await startDashboard({ yaml: MAP_SERVICES });
  const { server } = world;
  shop = await server.acme.client.native.tokens.create({
    scopes: ['styles:read', 'fonts:read'],
    note: 'Shop map',
    allowedUrls: ['https://shop.example'],
  });
  await reportPast(server, shop, [
    { outcome: 'allowed', service: 'styles', origin: 'shop.example', level: 120 },
    { outcome: 'allowed', service: 'fonts', origin: 'www.shop.example', level: 60 },
    { outcome: 'url_not_allowed', service: 'styles', origin: 'copycat.example', level: 14 },
    { outcome: 'insufficient_scope', service: 'uploads', origin: '', scope: 'uploads:list', level: 4 },
  ]);
  watching = await startVerifier(server, 'maps-1');
  const busy = await startVerifier(server, 'maps-2');
  const token = shop.token ?? '';
  busy.ask({ token, origin: 'https://shop.example', times: 40 });
  busy.ask({ token, origin: 'https://copycat.example', times: 3 });
  await busy.close();
});
afterAll(async () => {
  await watching?.close();
  await world?.close();
});

function open(path: string, view: View = {}, role?: 'viewer'): Promise<DashboardPage> {
  return world.openAs({ token: world.server.acme.token, account: 'acme', role }, `/a/acme${path}`, view);
}

const VIEWS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const;

test.each(VIEWS)('the page of a token is drawn whole and accessible in $theme, $language', async (view) => {
  const opened = await open(`/tokens/${shop.id}`, view);
  const { page } = opened;
  await page.getByRole('heading', { level: 1, name: 'Shop map' }).waitFor();
  await page.getByRole('slider').waitFor();
  await page.getByText('copycat.example').first().waitFor();
  await page.getByText('insufficient_scope').last().waitFor();
  await opened.screenshot('token');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('it shows the text, code that holds it, the routes that a scope opens, and the receipt', async () => {
  const opened = await open(`/tokens/${shop.id}`);
  const { page } = opened;
  await page.getByText(shop.token ?? '', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'curl' }).click();
  const curl = await page.getByLabel('curl', { exact: true }).last().innerText();
  expect(curl).toContain(`https://maps.example.com/styles/v1/acme/{style}?access_token=${shop.token}`);
  expect(curl).toContain('Origin: https://shop.example');
  await page.getByText('opens 1 route').first().click();
  await page.getByText('/styles/v1/{account}/{style}').waitFor();
  await page.getByText('Every verifier has it.').waitFor();
  await opened.close();
});

test('the chart tells the values of a step to the keyboard, and is a table too', async () => {
  const opened = await open(`/tokens/${shop.id}`);
  const { page } = opened;
  const chart = page.getByRole('slider', { name: /Usage/ });
  await chart.waitFor();
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  const value = async () => (await chart.getAttribute('aria-valuetext')) ?? '';
  expect(await value()).toMatch(/Allowed: \d+, url_not_allowed: \d+, insufficient_scope: \d+/);
  const before = await value();
  await page.keyboard.press('ArrowLeft');
  expect(await value()).not.toBe(before);

  const usage = page.getByRole('region', { name: 'Usage' });
  await usage.getByText('Service', { exact: true }).click();
  await usage.getByText('Table', { exact: true }).click();
  const table = usage.getByRole('table');
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
    'Time',
    'styles',
    'fonts',
    'uploads',
    'Total',
  ]);
  expect(await table.getByRole('row').count()).toBeGreaterThan(150);
  await opened.close();
});

test('refusals are told by reason with what to do about them', async () => {
  const opened = await open(`/tokens/${shop.id}`);
  const refused = opened.page.getByRole('region', { name: 'Refused requests' });
  await refused.getByText("Add the address of the page to the token's URLs.").waitFor();
  await refused.getByText('add uploads:list to this one').waitFor();
  await opened.close();
});

test('a viewer sees the token and nothing that changes it', async () => {
  const opened = await open(`/tokens/${shop.id}`, {}, 'viewer');
  const { page } = opened;
  await page.getByText('Every verifier has it.').waitFor();
  await page.getByText('copycat.example').first().waitFor();
  for (const name of ['Revoke', 'Rotate', 'Edit'])
    expect(await page.getByText(name, { exact: true }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Edit the token' }).count()).toBe(0);
  await opened.close();
});

test('revoking says what it stops, and shows when every verifier refuses the token', async () => {
  const { server } = world;
  const doomed = await server.acme.client.native.tokens.create({
    scopes: ['styles:read'],
    note: 'Old kiosk',
  });
  const busy = await startVerifier(server, 'maps-3');
  busy.ask({ token: doomed.token ?? '', origin: 'https://kiosk.example', times: 5 });
  await busy.close();
  const opened = await open(`/tokens/${doomed.id}`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke Old kiosk?' });
  await dialog.getByText('kiosk.example').waitFor();
  expect(await opened.violations()).toEqual([]);
  await opened.screenshot('token-revoke');
  await dialog.getByRole('button', { name: 'Revoke token' }).click();
  await page.getByText(/This token was revoked on/).waitFor();
  // Those that closed may decide until their bounds; the one that is connected has applied it.
  await page.getByText('2 verifiers may still decide by the state before.').waitFor();
  expect(await page.getByRole('button', { name: 'Revoke' }).count()).toBe(0);
  await opened.screenshot('token-revoked');
  expect(await opened.violations()).toEqual([]);
  await opened.close();
});

test('a secret token that was seen in a URL is pointed out, and its text is told nowhere', async () => {
  const { server } = world;
  const leaky = await server.acme.client.native.tokens.create({ scopes: ['uploads:list'], note: 'Leaky' });
  const busy = await startVerifier(server, 'maps-4');
  busy.ask({ token: leaky.token ?? '', requires: ['uploads:list'], isInUrl: true });
  await busy.close();
  const opened = await open(`/tokens/${leaky.id}`);
  const { page } = opened;
  await page.getByText('This secret token was seen in a URL, where logs and other sites see it.').waitFor();
  await page.getByText('process.env.LATCHKEY_TOKEN').waitFor();
  expect(await page.content()).not.toContain(leaky.token);
  await opened.close();
});

test("another account's token is none", async () => {
  const opened = await open(`/tokens/${world.server.rival.publicTokenId}`);
  await opened.page.getByText('No such token').waitFor();
  await opened.close();
});
