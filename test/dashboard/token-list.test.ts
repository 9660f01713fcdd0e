import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard, type View } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
  const { client } = world.server.acme;
  for (let at = 0; at < 130; at++) {
    await client.native.tokens.create({
      note: `Token ${at}`,
      scopes: at % 3 === 0 ? ['uploads:write', 'styles:read'] : ['styles:read'],
      ...(at % 4 === 0 ? { allowedUrls: ['app.example.com', 'x.example.com'] } : {}),
    });
  }
});

afterAll(() => world?.close());

const VIEWS: readonly View[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'zh' },
  { theme: 'light', language: 'zh', width: 360, height: 740 },
];

test.each(VIEWS)('the list is drawn and accessible in $theme, $language', async (view) => {
  const { acme } = world.server;
  const opened = await world.openAs({ token: acme.token, account: 'acme' }, '/a/acme/tokens', view);
  await opened.page.getByRole('link', { name: 'Token 129' }).waitFor();
  await opened.screenshot(`list-${view.width ?? ''}`, 'window');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});
