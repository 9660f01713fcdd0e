import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DashboardWorld, makeOwner, OWNER, startDashboard } from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  world = await startDashboard();
  await makeOwner(world.server);
});

afterAll(() => world?.close());

test('a token that is made, renamed and revoked elsewhere appears, changes and goes without a reload', async () => {
  const { tokens } = world.server.operatorClient.native;
  const { page, errors, close } = await world.openSignedIn(OWNER, '/a/operator/tokens');
  const heard = page.waitForResponse((answer) => answer.url().endsWith('/v1/events'));
  const row = (name: string) => page.getByRole('link', { name, exact: true });
  await row('Default public token').waitFor();
  await heard;

  const { id } = await tokens.create({ note: 'Made elsewhere', scopes: ['styles:read'] });
  await row('Made elsewhere').waitFor();
  await tokens.update(id, { note: 'Renamed elsewhere' });
  await row('Renamed elsewhere').waitFor();
  await tokens.revoke(id);
  await row('Renamed elsewhere').waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
  await close();
});

test("another account's changes are not heard of", async () => {
  const { acme, operatorClient } = world.server;
  const { page, close } = await world.openSignedIn(OWNER, '/a/operator/tokens');
  const heard = page.waitForResponse((answer) => answer.url().endsWith('/v1/events'));
  const row = (name: string) => page.getByRole('link', { name, exact: true });
  await row('Default public token').waitFor();
  await heard;
  let fetched = 0;
  page.on('request', (request) => {
    if (request.url().includes('/v1/tokens?')) fetched += 1;
  });
  await acme.client.native.tokens.create({ note: 'Of acme', scopes: ['styles:read'] });
  // The operator's own change comes after it on the same stream: by then the foreign one would have been heard.
  await operatorClient.native.tokens.create({ note: 'Of the operator', scopes: ['styles:read'] });
  await row('Of the operator').waitFor();
  expect(fetched).toBe(1);
  expect(await row('Of acme').count()).toBe(0);
  await close();
});
