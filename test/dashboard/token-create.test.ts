import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard, type View } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  const yaml = await readFile(new URL('../../latchkey.yaml', import.meta.url), 'utf8');
  world = await startDashboard({ yaml });
});

afterAll(() => world?.close());

const VIEWS: readonly View[] = [
  { theme: 'light', language: 'en', height: 1500 },
  { theme: 'dark', language: 'zh', height: 1500 },
  { theme: 'light', language: 'zh', width: 360, height: 740 },
];

function openForm(view?: View) {
  const { acme } = world.server;
  return world.openAs({ token: acme.token, account: 'acme' }, '/a/acme/tokens/new', view);
}

async function tokensNamed(name: string) {
  const { items } = await world.server.acme.client.native.tokens.list({ text: name });
  return items;
}

const purpose = (page: Page, name: string) => page.getByRole('radio', { name });
const create = (page: Page) => page.getByRole('button', { name: 'Create token' });

test.each(VIEWS)('the form is drawn and accessible in $theme, $language', async (view) => {
  const opened = await openForm(view);
  const { page } = opened;
  await page.getByRole('radio').first().check();
  await opened.screenshot(`create-begin-${view.width ?? ''}`, 'window');
  const urls = page.getByLabel(/^(Add URLs|添加网址)$/);
  await urls.fill('https://App.example.com/*, *, http://x.example/maps, localhost, github.io');
  await urls.press('Enter');
  await page.getByText(/github\.io lets in everyone|共享的域名/).waitFor();
  await page.getByLabel(/^(Address of a page|页面的地址)$/).fill('https://evil.example/x');
  await page.getByRole('button', { name: /^(Change scopes|修改权限)$/ }).click();
  await page.getByRole('checkbox', { name: 'uploads:write' }).check();
  await page.locator('summary').click();
  await opened.screenshot(`create-${view.width ?? ''}`);
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('purpose, name and URL are enough for a public token, which then stands on top of the list', async () => {
  const opened = await openForm();
  const { page } = opened;
  await purpose(page, 'Show a map in a web page').check();
  await page.getByText('This will be a public token.').waitFor();
  await page.getByLabel('Name').fill('Shop map');
  await page.getByLabel('Add URLs').fill('https://Shop.example.com/*');
  await page.getByLabel('Add URLs').press('Enter');
  await page.getByText('https://Shop.example.com/* is saved as https://shop.example.com.').waitFor();
  await create(page).click();

  const dialog = page.getByRole('dialog', { name: 'Your public token' });
  const shown = await dialog.getByLabel('Token', { exact: true }).textContent();
  await opened.screenshot('shown-public', 'window');
  expect(await opened.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Done' }).click();

  const first = page.getByRole('table').getByRole('row').nth(1);
  await first.getByRole('link', { name: 'Shop map' }).waitFor();
  await first.getByText('new', { exact: true }).waitFor();
  await opened.screenshot('list-new', 'window');
  expect(new URL(page.url()).pathname).toBe('/dashboard/a/acme/tokens');
  expect(await opened.violations()).toEqual([]);
  expect(await tokensNamed('Shop map')).toMatchObject([
    {
      usage: 'pk',
      token: shown,
      scopes: expect.arrayContaining(['styles:read', 'styles:tiles', 'fonts:read']),
      allowedUrls: ['https://shop.example.com'],
    },
  ]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('a double click makes one token', async () => {
  const opened = await openForm();
  const { page } = opened;
  await purpose(page, 'Show a map in a web page').check();
  await page.getByLabel('Name').fill('Clicked twice');
  await create(page).dblclick();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Clicked twice' }).waitFor();
  expect(await tokensNamed('Clicked twice')).toHaveLength(1);
  await opened.close();
});

test('a call whose answer was lost is made again as the same call, and the form says that the text is gone', async () => {
  const opened = await openForm();
  const { page } = opened;
  let isLost = false;
  await page.route('**/v1/tokens', async (route) => {
    if (route.request().method() !== 'POST' || isLost) return route.continue();
    isLost = true;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await purpose(page, 'Upload data from a server').check();
  await page.getByLabel('Name').fill('Lost answer');
  await create(page).click();
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  await create(page).click();
  await page.getByRole('dialog', { name: 'The token was made, but its text cannot be shown' }).waitFor();
  expect(await tokensNamed('Lost answer')).toHaveLength(1);
  await opened.close();
});

test('more than the purpose needs is pointed out, and taken away at a press', async () => {
  const opened = await openForm();
  const { page } = opened;
  await purpose(page, 'Show a map in a web page').check();
  await page.getByRole('button', { name: 'Change scopes' }).click();
  await page.getByLabel('Find a scope').fill('upload write');
  await page.getByRole('checkbox', { name: 'uploads:write' }).check();
  await page.getByText('This will be a secret token, shown once.').waitFor();
  await page.getByText('uploads:write makes the token secret').waitFor();
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await page.getByText('This will be a public token.').waitFor();
  expect(await page.getByRole('checkbox', { name: 'uploads:write' }).isChecked()).toBe(false);
  await opened.close();
});

test('the box for addresses tells what would be let in, and which entry fits', async () => {
  const opened = await openForm();
  const { page } = opened;
  await purpose(page, 'Show a map in a web page').check();
  await page.getByLabel('Add URLs').fill('shop.example.com, *.maps.example/city');
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  const test = page.getByRole('region', { name: 'Test an address' });
  const line = (kind: string) => test.getByRole('listitem').filter({ hasText: kind });
  const address = test.getByLabel('Address of a page');

  await address.fill('https://www.shop.example.com/checkout');
  await line('fetch, map tiles, fonts').getByText('Allowed').waitFor();
  await line('shop.example.com').getByText('fits').waitFor();
  await line('the page hides its address').getByText('Refused').waitFor();

  await address.fill('https://maps.example/city');
  await line('fetch, map tiles, fonts').getByText('The page is not in the list.').waitFor();
  await line('*.maps.example/city').getByText('subdomains only, not the host itself').waitFor();

  await address.fill('https://a.maps.example/other');
  await line('*.maps.example/city').getByText('another path').waitFor();
  await page.getByLabel('Refuse pages whose path cannot be seen').check();
  await address.fill('https://a.maps.example/city/1');
  await line('fetch, map tiles, fonts').getByText('the path is wanted').waitFor();
  await line('page and API on one host').getByText('Allowed').waitFor();

  await address.fill('not an address');
  await test.getByText('This is no address of a web page.').waitFor();
  await opened.close();
});

test('who may only look is told who can help, and gets no form', async () => {
  const { acme } = world.server;
  const viewer = { token: acme.token, account: 'acme', role: 'viewer' } as const;
  const opened = await world.openAs(viewer, '/a/acme/tokens/new');
  await opened.page.getByRole('heading', { name: 'Your role cannot make tokens' }).waitFor();
  expect(await create(opened.page).count()).toBe(0);
  expect(await opened.violations()).toEqual([]);
  await opened.close();
});
