import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;
let changed: string;

beforeAll(async () => {
  world = await startDashboard({
    yaml: `services:
  - name: styles
    title: Styles
    description: How a map looks.
    routes:
      - { methods: [GET], path: '/styles/v1/{account}/{style}', scopes: ['styles:read'], description: Reads a style. }
      - { methods: [POST], path: '/styles/v1/{account}', scopes: ['styles:write'], description: Makes a style. }
`,
  });
  const { tokens } = world.server.acme.client.native;
  const made = await tokens.create({ scopes: ['styles:read', 'fonts:read'], note: 'Shop page' });
  await tokens.update(made.id, {
    note: 'Shop page, new',
    scopes: ['styles:read'],
    allowedUrls: ['https://shop.example'],
  });
  await tokens.revoke(made.id);
  changed = made.id;
});

afterAll(() => world?.close());

const asMember = () => ({ token: world.server.acme.token, account: 'acme' });

test('the audit log tells who changed what, with what was before and after', async () => {
  const opened = await world.openAs(asMember(), '/a/acme/audit');
  const { page } = opened;
  const list = page.getByRole('list', { name: 'Changes, newest first' });
  await list.getByRole('listitem').first().waitFor();
  await page.getByRole('button', { name: 'Token changed' }).click();
  const row = page.getByRole('row', { name: /Scopes/ });
  expect(await row.getByRole('cell').allInnerTexts()).toEqual([expect.stringContaining('fonts:read'), '']);
  await page.getByRole('row', { name: /URLs/ }).getByText('https://shop.example').waitFor();
  await page.getByRole('row', { name: /Name.*Shop page.*Shop page, new/ }).waitFor();
  await opened.screenshot('audit-open');
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('it is filtered by action, subject, actor and time, and the address keeps the filter', async () => {
  const opened = await world.openAs(asMember(), '/a/acme/audit');
  const { page } = opened;
  const items = page.getByRole('list', { name: 'Changes, newest first' }).getByRole('listitem');
  await items.first().waitFor();
  const shows = (count: number) => expect.poll(() => items.count(), { timeout: 15_000 }).toBe(count);
  await page.getByLabel('Action').selectOption('Token revoked');
  await shows(1);
  await page.getByLabel('Action').selectOption('Every action');
  await page
    .getByRole('button', { name: `Show only changes of this: ${changed}` })
    .first()
    .click();
  await shows(3);
  await page.reload();
  await shows(3);
  await page.getByLabel('Who').fill(world.server.acme.tokenId);
  await shows(3);
  await page.getByLabel('Who').fill('somebody else');
  await page.getByText('No change fits').waitFor();
  await page.getByRole('button', { name: 'Clear the filter' }).first().click();
  await items.nth(3).waitFor();
  await page.getByLabel('Until').fill('2020-01-01T00:00');
  await page.getByText('No change fits').waitFor();
  await page.getByLabel('Until').fill('');
  await page.getByLabel('From').fill('2020-01-01T00:00');
  await items.nth(3).waitFor();
  await opened.close();
});

test('a second account sees nothing of the first', async () => {
  const { rival } = world.server;
  const opened = await world.openAs(
    { token: rival.token, account: 'rival' },
    `/a/rival/audit?subject=${changed}`,
  );
  await opened.page.getByText('No change fits').waitFor();
  expect(await opened.page.content()).not.toContain('Shop page');
  await opened.page.goto(`${world.server.url}/dashboard/a/acme/audit`);
  await opened.page.getByText('There is nothing here').waitFor();
  await opened.close();
});

test('who lacks audit:read is told so', async () => {
  const limited = await world.server.acme.client.native.tokens.create({ scopes: ['tokens:read'] });
  const opened = await world.openAs({ token: limited.token ?? '', account: 'acme' }, '/a/acme/audit');
  await opened.page.getByText('audit:read').first().waitFor();
  await opened.close();
});

test('scopes are found by word, by path and by a whole address', async () => {
  const opened = await world.openAs(asMember(), '/a/acme/scopes');
  const { page } = opened;
  const search = page.getByRole('searchbox', { name: 'Search' });
  const rows = page.getByRole('region', { name: 'Styles', exact: true }).getByRole('row');
  await rows.nth(2).waitFor();
  await search.fill('https://api.example/styles/v1/acme/light?x=1');
  await expect.poll(() => rows.count(), { timeout: 15_000 }).toBe(2);
  await page.getByText('Reads a style.').waitFor();
  await search.fill('no such word');
  await page.getByText('Nothing fits').waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.getByRole('tab', { name: /All scopes/ }).click();
  await page.getByRole('row', { name: /styles:write Secret .* 1 request/ }).waitFor();
  await search.fill('tiles');
  await page.getByRole('row', { name: /styles:tiles Public/ }).waitFor();
  await opened.close();
});

test.each([
  { theme: 'light', language: 'zh' },
  { theme: 'dark', language: 'en', width: 360, height: 740 },
] as const)('audit and scopes are accessible in $theme, $language', async (view) => {
  for (const [name, text] of [
    ['audit', 'Shop page'],
    ['scopes', '/styles/v1/{account}/{style}'],
  ] as const) {
    const opened = await world.openAs(asMember(), `/a/acme/${name}`, view);
    await opened.page.getByText(text).first().waitFor();
    await opened.screenshot(`${name}-${'width' in view ? 'narrow' : 'wide'}`);
    expect(await opened.violations(), name).toEqual([]);
    expect(opened.errors).toEqual([]);
    await opened.close();
  }
});
