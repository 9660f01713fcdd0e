import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardPage, type DashboardWorld, startDashboard } from '../testing/dashboard.ts';
import { type LocalVerifier, startLocalVerifier } from '../testing/local-verifier.ts';
import { startTamperingProxy, type TamperingProxy } from '../testing/tampering-proxy.ts';

let world: DashboardWorld;
let proxy: TamperingProxy;
let verifier: LocalVerifier;

beforeAll(async () => {
  world = await startDashboard();
  proxy = await startTamperingProxy(world.server.url);
  verifier = await startLocalVerifier({
    url: proxy.url,
    token: world.server.operator,
    name: 'maps-api',
  });
});

afterAll(async () => {
  await verifier?.close();
  await proxy?.close();
  await world?.close();
});

type View = Parameters<DashboardWorld['openAs']>[2];

async function openAsOperator(path: string, view: View = {}): Promise<DashboardPage> {
  const { items } = await world.server.operatorClient.native.accounts.list();
  const account = items.find(({ kind }) => kind === 'operator')?.name ?? '';
  return world.openAs({ token: world.server.operator, account, kind: 'operator' }, path, view);
}

test('an account is made, its secret is shown once, and it is suspended and resumed', async () => {
  const opened = await openAsOperator('/operator/accounts');
  const { page } = opened;
  await page.getByRole('button', { name: 'Create account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('new-team');
  await dialog.getByLabel('Only these scopes').check();
  await dialog.getByLabel('styles:read').check();
  await dialog.getByLabel('tokens:read').check();
  expect(await opened.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('dialog', { name: 'new-team is ready' }).waitFor();
  const secret =
    (await page.getByRole('region', { name: 'Secret token of the account' }).textContent()) ?? '';
  expect((await world.server.callAs(secret, 'GET', '/v1/tokens')).status).toBe(200);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByRole('button', { name: 'I have stored it' }).click();
  expect(await page.content()).not.toContain(secret);

  await page
    .getByRole('row', { name: /new-team/ })
    .getByText('2 scopes')
    .waitFor();
  await page.getByRole('button', { name: 'Suspend new-team' }).click();
  await page.getByText('Every token of this account is refused from now on').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('new-team is suspended.').waitFor();
  expect((await world.server.callAs(secret, 'GET', '/v1/tokens')).status).toBe(403);
  await page.getByRole('button', { name: 'Resume new-team' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByText('new-team is active again.').waitFor();
  expect((await world.server.callAs(secret, 'GET', '/v1/tokens')).status).toBe(200);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('a name that cannot be is refused in the form, with the reason', async () => {
  const opened = await openAsOperator('/operator/accounts');
  const { page } = opened;
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Not A Name');
  await page.getByRole('dialog').getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').getByText('Invalid account name').waitFor();
  await opened.close();
});

test('verifiers tell where they stand, and which record they could not read, where and why', async () => {
  const { acme } = world.server;
  proxy.onChange = ({ id, data }) => ({ id, data: data.replace('"usage":"pk"', '"usage":"??"') });
  const made = await acme.client.native.tokens.create({ scopes: ['styles:read'], note: 'spoilt on the way' });
  proxy.onChange = (event) => event;
  const opened = await openAsOperator('/operator/verifiers');
  const { page } = opened;
  const card = page.getByRole('region', { name: /maps-api/ });
  await card.getByText('1 record that it could not read').first().waitFor({ timeout: 30_000 });
  await card.getByRole('cell', { name: made.id }).waitFor();
  await card.getByText('connected', { exact: true }).waitFor();
  await card.getByText('no change behind').waitFor();
  await card.getByText('secret 15 min, temporary 15 min, public 1 hr').waitFor();
  await opened.screenshot('operator-verifiers');
  await page.getByRole('link', { name: 'Health' }).click();
  await page.getByText('1 record could not be read somewhere').waitFor();
  await page.getByText('Ready: the store answers').waitFor();
  await page.getByText('0.1.0', { exact: true }).waitFor();
  await opened.close();
});

test.each([
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const)('the pages of the operator are accessible in $theme, $language', async (view) => {
  for (const name of ['accounts', 'verifiers', 'health']) {
    const opened = await openAsOperator(`/operator/${name}`, view);
    const text = name === 'accounts' ? 'new-team' : name === 'verifiers' ? 'maps-api' : '0.1.0';
    await opened.page
      .getByText(text, { exact: name === 'health' })
      .first()
      .waitFor();
    await opened.screenshot(`operator-${name}-${'width' in view ? 'narrow' : 'wide'}`);
    expect(await opened.violations(), name).toEqual([]);
    expect(opened.errors).toEqual([]);
    await opened.close();
  }
});

test('nobody else is led to these pages, and whoever goes there sees nothing of the installation', async () => {
  const { acme } = world.server;
  for (const name of ['accounts', 'verifiers', 'health']) {
    const opened = await world.openAs({ token: acme.token, account: 'acme' }, `/operator/${name}`);
    await opened.page.getByText('This is for the operator').waitFor();
    expect(await opened.page.getByRole('link', { name: 'Verifiers' }).count()).toBe(0);
    expect(await opened.page.content()).not.toContain('rival');
    await opened.close();
  }
  for (const path of ['/v1/accounts', '/v1/verifiers', '/metrics'])
    expect((await world.server.callAs(acme.token, 'GET', path)).status, path).toBe(403);
});
