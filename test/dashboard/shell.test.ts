import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
});

afterAll(() => world?.close());

const VIEWS = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh', width: 360, height: 740 },
] as const;

test.each(VIEWS)('account settings are drawn and accessible in $language', async (view) => {
  const { acme } = world.server;
  const opened = await world.openAs({ token: acme.token, account: 'acme' }, '/a/acme/settings', view);
  await opened.page.getByText(acme.publicToken).waitFor();
  await opened.screenshot(`settings-${view.theme}`);
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('who is not signed in is led to the sign-in', async () => {
  const opened = await world.open('/a/acme/settings');
  await opened.page.getByRole('button', { name: 'Sign in' }).waitFor();
  await opened.screenshot('sign-in');
  expect(await opened.violations()).toEqual([]);
  await opened.close();
});
