import type { NativeToken } from '@latchkey/wire/native';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, makeOwner, OWNER, startDashboard, type View } from '../testing/dashboard.ts';
import { MAP_SERVICES } from '../testing/used-tokens.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard({ yaml: MAP_SERVICES });
  await makeOwner(world.server);
});
afterAll(() => world?.close());

const acme = () => world.server.acme.client.native.tokens;
const operator = () => world.server.operatorClient.native.tokens;

function open(path: string, view: View = {}) {
  return world.openAs({ token: world.server.acme.token, account: 'acme' }, `/a/acme${path}`, view);
}

/** Public, for one web site, with a name. */
function shopToken(tokens = acme()): Promise<NativeToken> {
  const allowedUrls = ['https://shop.example'];
  return tokens.create({ scopes: ['styles:read', 'fonts:read'], note: 'Shop map', allowedUrls });
}

const review = (page: Page) => page.getByRole('dialog', { name: 'What changes' });

const VIEWS: readonly View[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
];

test.each(VIEWS)('the form is drawn and accessible in $theme, $language', async (view) => {
  const { id } = await shopToken();
  const opened = await open(`/tokens/${id}/edit`, view);
  await opened.page.getByRole('checkbox', { name: 'styles:read' }).waitFor();
  await opened.screenshot('edit');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('what changes is shown before it is saved, wider and narrower apart, and only that is saved', async () => {
  const { id, revision } = await shopToken();
  const opened = await open(`/tokens/${id}/edit`);
  const { page } = opened;
  await page.getByText('Nothing changed yet.').waitFor();
  expect(await page.getByRole('button', { name: 'Review changes' }).isDisabled()).toBe(true);

  await page.getByLabel('Name').fill('Shop map, new site');
  await page.getByRole('checkbox', { name: 'fonts:read' }).uncheck();
  await page.getByLabel('Add URLs').fill('https://www.shop.example');
  await page.getByLabel('Add URLs').press('Enter');
  await page.getByLabel('Network addresses').first().fill('203.0.113.0/24');
  await page.getByLabel('Network addresses').first().press('Enter');
  await page.getByText('4 changes', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const changes = review(page).getByRole('listitem');
  const of = (name: string) =>
    changes
      .filter({ hasText: name })
      .first()
      .innerText()
      .then((text) => text.replaceAll(/\s+/g, ' '));
  expect(await of('Name')).toMatch(/removed: Shop map added: Shop map, new site/);
  expect(await of('Scopes')).toMatch(/narrower removed: fonts:read/);
  expect(await of('Web addresses')).toMatch(/wider added: https:\/\/www\.shop\.example/);
  expect(await of('Network addresses')).toMatch(/narrower Only these from now on/);
  await opened.screenshot('edit-review', 'window');
  expect(await opened.violations()).toEqual([]);
  expect((await acme().get(id)).revision).toBe(revision);

  await review(page).getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Shop map, new site' }).waitFor();
  expect(await acme().get(id)).toMatchObject({
    note: 'Shop map, new site',
    scopes: ['styles:read'],
    allowedUrls: ['https://shop.example', 'https://www.shop.example'],
    allowedAddresses: ['203.0.113.0/24'],
  });
  await opened.close();
});

test('a public token is offered no secret scope, and lifting its web addresses is called wider', async () => {
  const { id } = await shopToken();
  const opened = await open(`/tokens/${id}/edit`);
  const { page } = opened;
  await page.getByRole('checkbox', { name: 'styles:read' }).waitFor();
  expect(await page.getByRole('checkbox', { name: 'uploads:write' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Remove all' }).click();
  await page.getByText('Any page may use this token. List the addresses it is for.').waitFor();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review(page).getByText('The restriction is lifted.').waitFor();
  await review(page).getByText('wider', { exact: true }).waitFor();
  await opened.close();
});

test('a member is asked for the password before a token is widened, and not before it is narrowed', async () => {
  const { id } = await shopToken(operator());
  const account = 'operator';
  const opened = await world.openSignedIn(OWNER, `/a/${account}/tokens/${id}/edit`);
  const { page } = opened;
  await page.getByRole('checkbox', { name: 'fonts:read' }).uncheck();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review(page).getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('link', { name: 'Edit' }).click();

  await page.getByRole('checkbox', { name: 'fonts:read' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review(page).getByRole('button', { name: 'Save changes' }).click();
  const asked = page.getByRole('dialog', { name: 'Confirm it is you' });
  expect((await operator().get(id)).scopes).toEqual(['styles:read']);
  await asked.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await asked.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { level: 1, name: 'Shop map', exact: true }).waitFor();
  await page.getByText(OWNER.name).first().waitFor();
  await expect
    .poll(async () => [...(await operator().get(id)).scopes].sort(), { timeout: 15_000 })
    .toEqual(['fonts:read', 'styles:read']);
  // The audit log knows who it was.
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Changed' })
    .filter({ hasText: OWNER.name })
    .first()
    .waitFor();
  await opened.close();
});

test('a viewer is told who can change the token', async () => {
  const { id } = await shopToken();
  const { token } = world.server.acme;
  const opened = await world.openAs({ token, account: 'acme', role: 'viewer' }, `/a/acme/tokens/${id}/edit`);
  await opened.page
    .getByText(/An owner, an admin or a developer of the account can change this one/)
    .waitFor();
  await opened.close();
});
