import type { NativeToken } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DashboardPage,
  type DashboardWorld,
  makeOwner,
  OWNER,
  startDashboard,
  type View,
} from '../testing/dashboard.ts';
import { MAP_SERVICES, startVerifier, type UsedVerifier } from '../testing/used-tokens.ts';

let world: DashboardWorld;
let watching: UsedVerifier;

beforeAll(async () => {
  world = await startDashboard({ yaml: MAP_SERVICES });
  watching = await startVerifier(world.server, 'maps-1');
  await makeOwner(world.server);
});
afterAll(async () => {
  await watching?.close();
  await world?.close();
});

const tokens = () => world.server.acme.client.native.tokens;

/** A token that somebody uses, as a verifier has reported. */
async function usedToken(note: string, scopes: string[]): Promise<NativeToken> {
  const token = await tokens().create({ scopes, note });
  const busy = await startVerifier(world.server, `busy with ${note}`);
  busy.ask({ token: token.token ?? '', origin: 'https://old-shop.example', requires: scopes, times: 7 });
  await busy.close();
  return token;
}

function open(path: string, view: View = {}): Promise<DashboardPage> {
  return world.openAs({ token: world.server.acme.token, account: 'acme' }, `/a/acme${path}`, view);
}

const VIEWS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const;

test.each(VIEWS)('the wizard is drawn and accessible in $theme, $language', async (view) => {
  const token = await usedToken('Shop map', ['styles:read']);
  const opened = await open(`/tokens/${token.id}/rotate`, view);
  await opened.page.getByText('old-shop.example').waitFor();
  await opened.screenshot('rotate');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('a secret token is replaced with a grace time: the new text is shown once, the old one counts down, and undoing brings it back', async () => {
  const token = await usedToken('Importer', ['uploads:list']);
  const opened = await open(`/tokens/${token.id}/rotate`);
  const { page } = opened;
  await page.getByText('old-shop.example').waitFor();
  await page.getByRole('radio', { name: 'In 24 hours' }).check();
  await page.getByRole('button', { name: 'Make the new token' }).click();
  const shown = page.getByRole('dialog');
  const text = (
    await shown.getByRole('status', { name: 'Token' }).or(shown.locator('output')).first().innerText()
  ).trim();
  expect(text).toMatch(/^sk\./);
  await opened.screenshot('rotate-shown');
  expect(await opened.violations()).toEqual([]);
  await shown.getByRole('button', { name: 'I have stored it' }).click();

  // The page of the token, to which this leads.
  await page.getByRole('heading', { level: 1, name: 'Importer', exact: true }).waitFor();
  await page.getByRole('heading', { name: 'This token is being replaced' }).waitFor();
  expect(await page.content()).not.toContain(text);
  expect(await page.getByRole('timer').innerText()).toMatch(/^(1 d 0 h|23 h 59 min)$/);
  await page.getByText('Nobody has used the old token since').waitFor();
  await opened.screenshot('rotate-under-way');
  expect(await opened.violations()).toEqual([]);

  await page.getByRole('button', { name: 'Change when it ends' }).click();
  const change = page.getByRole('dialog', { name: 'When is the old token to end?' });
  await change.getByRole('radio', { name: 'In 1 hour' }).check();
  await change.getByRole('button', { name: 'Save' }).click();
  await page
    .getByRole('timer')
    .filter({ hasText: /^(1 h 0 min|59 min \d+ s)$/ })
    .waitFor();

  await page.getByRole('button', { name: 'Undo' }).click();
  const undo = page.getByRole('dialog', { name: 'Undo the rotation?' });
  await undo.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'Rotate' }).waitFor();
  const { replacedBy, retiresAt } = await tokens().get(token.id);
  expect({ replacedBy, retiresAt }).toEqual({ replacedBy: undefined, retiresAt: undefined });
  await opened.close();
});

test('a token is replaced until it is quiet: whoever still uses the old one is named, and it can be ended now', async () => {
  const token = await usedToken('Kiosk', ['styles:read']);
  const opened = await open(`/tokens/${token.id}/rotate`);
  const { page } = opened;
  await page.getByRole('radio', { name: 'Once it is quiet' }).check();
  await page.getByLabel('Quiet for').selectOption('1 hour');
  await page.getByRole('button', { name: 'Make the new token' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.getByText(/once nobody has used it for 1 hour/).waitFor();

  const busy = await startVerifier(world.server, 'busy again');
  busy.ask({ token: token.token ?? '', origin: 'https://forgotten.example' });
  await busy.close();
  await page.getByRole('listitem').filter({ hasText: 'forgotten.example' }).waitFor();
  await opened.screenshot('rotate-until-quiet');

  const { replacedBy = '' } = await tokens().get(token.id);
  await page.getByRole('link', { name: 'Open the new token' }).click();
  await page.getByRole('heading', { name: 'This token replaces another one' }).waitFor();
  expect(page.url()).toContain(replacedBy);
  await page.getByRole('button', { name: 'End the old one now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click();
  await page.getByRole('heading', { name: 'This token replaces another one' }).waitFor({ state: 'detached' });
  expect((await tokens().get(token.id)).status).toBe('revoked');
  expect((await tokens().get(replacedBy)).status).toBe('active');
  await opened.close();
});

test('a token is replaced at once after a warning, and its page shows that it is refused', async () => {
  const token = await usedToken('Leaked', ['uploads:list']);
  const opened = await open(`/tokens/${token.id}/rotate`);
  const { page } = opened;
  await page.getByRole('radio', { name: 'Now' }).check();
  await page.getByText('The old token stops working at once, and that cannot be undone.').waitFor();
  await page.getByRole('button', { name: 'Replace it at once' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'I have stored it' }).click();
  await page.getByText(/This token was revoked on/).waitFor();
  const request = { token: token.token ?? '', requires: ['uploads:list'] };
  expect(watching.ask(request)).toMatch(/^[0-9a-f-]{36}$/);
  expect((await tokens().get(token.id)).status).toBe('revoked');
  await opened.close();
});

test('a successor that is in use is not ended unseen', async () => {
  const token = await usedToken('Both', ['styles:read']);
  const rotated = await tokens().rotate(token.id, { grace: '1h' });
  const busy = await startVerifier(world.server, 'uses the new one');
  busy.ask({ token: rotated.successor.token ?? '', origin: 'https://new.example' });
  await busy.close();
  const opened = await open(`/tokens/${token.id}`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Undo' }).click();
  const undo = page.getByRole('dialog', { name: 'Undo the rotation?' });
  await undo.getByRole('button', { name: 'Undo' }).click();
  await undo.getByText('The new token was used already. Say what is to become of it.').waitFor();
  await undo.getByRole('radio', { name: 'Keep both' }).check();
  await undo.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'Rotate' }).waitFor();
  expect((await tokens().get(rotated.successor.id)).status).toBe('active');
  await opened.close();
});

test('a member is asked for the password before the text of a secret is made', async () => {
  const { native } = world.server.operatorClient;
  const { id } = await native.tokens.create({ scopes: ['uploads:list'], note: 'Backup' });
  const opened = await world.openSignedIn(OWNER, `/a/operator/tokens/${id}/rotate`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Make the new token' }).click();
  const asked = page.getByRole('dialog', { name: 'Confirm it is you' });
  await asked.getByLabel('Password', { exact: true }).waitFor();
  expect((await native.tokens.get(id)).replacedBy).toBeUndefined();
  await asked.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await asked.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'I have stored it' }).click();
  await page.getByRole('heading', { name: 'This token is being replaced' }).waitFor();
  expect((await native.tokens.get(id)).replacedBy).toMatch(/^c/);
  await opened.close();
});
