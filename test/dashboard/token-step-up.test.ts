import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, makeOwner, OWNER, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
  await makeOwner(world.server);
});

afterAll(() => world?.close());

async function tokensNamed(name: string) {
  return (await world.server.operatorClient.native.tokens.list({ text: name })).items;
}

test('a public token is made without a confirmation', async () => {
  const { page, close } = await world.openSignedIn(OWNER, '/a/operator/tokens/new');
  await page.getByRole('radio', { name: 'Show a map in a web page' }).check();
  await page.getByLabel('Name').fill('Open page');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('dialog', { name: 'Your public token' }).getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Open page' }).waitFor();
  expect(await tokensNamed('Open page')).toMatchObject([{ usage: 'pk' }]);
  await close();
});

test('a secret token wants the password: a wrong one and none make nothing, and the form stays as it was', async () => {
  const opened = await world.openSignedIn(OWNER, '/a/operator/tokens/new');
  const { page } = opened;
  await page.getByRole('radio', { name: 'Read usage figures' }).check();
  await page.getByLabel('Name').fill('Report');
  await page.getByRole('button', { name: 'Create token' }).click();
  const confirmation = page.getByRole('dialog', { name: 'Confirm it is you' });
  await confirmation.getByLabel('Password', { exact: true }).fill('not the password at all');
  await confirmation.getByRole('button', { name: 'Confirm' }).click();
  await confirmation.getByRole('alert').waitFor();
  await opened.screenshot('step-up-refused', 'window');
  expect(await opened.violations()).toEqual([]);
  await confirmation.getByRole('button', { name: 'Cancel' }).click();
  await confirmation.waitFor({ state: 'detached' });
  expect(await tokensNamed('Report')).toEqual([]);
  expect(await page.getByLabel('Name').inputValue()).toBe('Report');
  expect(await page.getByRole('alert').count()).toBe(0);

  await page.getByRole('button', { name: 'Create token' }).click();
  await confirmation.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await confirmation.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByRole('link', { name: 'Report', exact: true }).waitFor();
  expect(await tokensNamed('Report')).toMatchObject([{ usage: 'sk', scopes: ['statistics:read'] }]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('revoking many wants the password, and looking at what it stops does not', async () => {
  const { tokens } = world.server.operatorClient.native;
  const made = [];
  for (const at of [1, 2])
    made.push(await tokens.create({ note: `Old kiosk ${at}`, scopes: ['styles:read'] }));
  const { page, errors, close } = await world.openSignedIn(OWNER, '/a/operator/tokens?q=kiosk');
  await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).check();
  await page.getByRole('button', { name: 'Revoke …' }).click();
  await page.getByRole('button', { name: 'Revoke 2 tokens' }).click();
  const confirmation = page.getByRole('dialog', { name: 'Confirm it is you' });
  await confirmation.waitFor();
  expect((await tokensNamed('kiosk')).map(({ status }) => status)).toEqual(['active', 'active']);
  await confirmation.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await confirmation.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('2 tokens revoked.').waitFor();
  for (const { id } of made) expect((await tokens.get(id)).status).toBe('revoked');
  expect(errors).toEqual([]);
  await close();
});
