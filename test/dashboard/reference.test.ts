import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
});

afterAll(() => world?.close());

test.each([{ theme: 'light' }, { theme: 'dark', width: 360, height: 740 }] as const)(
  'the API reference shows every call, from this origin alone, and is accessible: %o',
  async (view) => {
    const opened = await world.open('/../docs', view);
    const { page } = opened;
    const foreign: string[] = [];
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && origin !== world.server.url) foreign.push(request.url());
    });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'API reference' }).waitFor();
    const calls = page.locator('.opblock');
    await calls.first().waitFor();
    const document: { paths: Record<string, object> } = await (
      await fetch(`${world.server.url}/openapi.json`)
    ).json();
    expect(await calls.count()).toBe(
      Object.values(document.paths).reduce((sum, path) => sum + Object.keys(path).length, 0),
    );
    await page
      .getByRole('button', { name: /post.*Create a token/i })
      .first()
      .click();
    await page.getByText('allowedUrls').first().waitFor();
    await opened.screenshot(`reference-${'width' in view ? 'narrow' : 'wide'}`);
    expect(await opened.violations()).toEqual([]);
    expect(await page.getByRole('button', { name: /Try it out|Execute|Authorize/ }).count()).toBe(0);
    expect(foreign).toEqual([]);
    expect(opened.errors).toEqual([]);
    await opened.close();
  },
);

test('the other pages of the documentation are led to, and are accessible', async () => {
  const opened = await world.open('/../docs');
  const { page } = opened;
  await page.locator('.opblock').first().waitFor();
  for (const [link, heading] of [
    ['Scopes', 'Scopes required by each API'],
    ['Errors', 'Errors'],
  ] as const) {
    await page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await opened.screenshot(`docs-${link.toLowerCase()}`);
    expect(await opened.violations()).toEqual([]);
  }
  await page.getByRole('navigation').getByRole('link', { name: 'API reference' }).click();
  await page.locator('.opblock').first().waitFor();
  await opened.close();
});
