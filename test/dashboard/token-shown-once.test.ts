import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type DashboardPage,
  type DashboardWorld,
  makeOwner,
  OWNER,
  startDashboard,
} from '../testing/dashboard.ts';

let world: DashboardWorld;

beforeAll(async () => {
  const yaml = await readFile(new URL('../../latchkey.yaml', import.meta.url), 'utf8');
  world = await startDashboard({ yaml });
  await makeOwner(world.server);
});

afterAll(() => world?.close());

interface Shown extends DashboardPage {
  readonly secret: string;
  readonly id: string;
  /** Bodies of answers of the API in which the secret was. */
  secretAnswers(): Promise<number>;
}

/** Signs in, makes a secret token with the confirmation that this wants, and stops at the dialog that shows it. */
async function showSecret(name: string): Promise<Shown> {
  const opened = await world.openSignedIn(OWNER, '/a/operator/tokens');
  const { page } = opened;
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    // The stream of changes names tokens by their ids, and has no end to wait for.
    if (response.url().includes('/v1/') && !response.url().endsWith('/v1/events'))
      bodies.push(response.text().catch(() => ''));
  });
  await page.getByRole('link', { name: 'New token' }).click();
  await page.getByRole('radio', { name: 'Upload data from a server' }).check();
  await page.getByText('This will be a secret token, shown once.').waitFor();
  await page.getByLabel('Name').fill(name);
  const answered = page.waitForResponse(
    (each) => each.request().method() === 'POST' && each.status() === 201,
  );
  await page.getByRole('button', { name: 'Create token' }).click();
  const confirmation = page.getByRole('dialog', { name: 'Confirm it is you' });
  await confirmation.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await confirmation.getByRole('button', { name: 'Confirm' }).click();
  expect((await answered).headers()['cache-control']).toContain('no-store');
  const dialog = page.getByRole('dialog', { name: 'Your secret token, shown once' });
  const secret = (await dialog.getByLabel('Token', { exact: true }).textContent()) ?? '';
  expect(secret).toMatch(/^sk\./);
  const [, payload = ''] = secret.split('.');
  const { a: id } = JSON.parse(Buffer.from(payload, 'base64').toString());
  return {
    ...opened,
    secret,
    id: String(id),
    secretAnswers: async () => (await Promise.all(bodies)).filter((body) => body.includes(secret)).length,
  };
}

const stored = (page: Page) => page.getByRole('button', { name: 'I have stored it' }).click();

/** Whatever the page holds: what is drawn, what its scripts keep, what it stored. */
async function isHeld({ page, context }: DashboardPage, secret: string): Promise<boolean> {
  const debug = await context.newCDPSession(page);
  let heap = '';
  debug.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    heap += chunk;
  });
  await debug.send('HeapProfiler.collectGarbage');
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await debug.detach();
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
  );
  return [heap, kept, await page.content()].some((text) => text.includes(secret));
}

test('a secret is shown in a dialog that only storing it closes, and can be copied and downloaded', async () => {
  const shown = await showSecret('Upload job');
  const { page, secret, context } = shown;
  await shown.screenshot('shown-once', 'window');
  expect(await shown.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor();

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy token' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .env' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('upload-job.env');
  const file = await readFile(await download.path(), 'utf8');
  expect(file).toContain(`LATCHKEY_TOKEN=${secret}\n`);
  expect(shown.errors).toEqual([]);
  await shown.close();
});

test('once it is stored the secret is nowhere in the page, and nothing brings it back', async () => {
  const shown = await showSecret('Nightly import');
  const { page, secret } = shown;
  expect(await isHeld(shown, secret)).toBe(true);
  await stored(page);
  await page.getByRole('link', { name: 'Nightly import' }).waitFor();
  expect(await isHeld(shown, secret)).toBe(false);

  // The form was replaced: going back leads to the list that the reader came from.
  await page.goBack();
  await page.getByRole('heading', { name: 'Tokens' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  await page.goForward();
  await page.reload();
  await page.getByRole('link', { name: 'Nightly import' }).waitFor();
  expect(await isHeld(shown, secret)).toBe(false);

  const again = await page.evaluate(async (id) => {
    const answer = await fetch(`/v1/tokens/${id}`, { headers: { 'latchkey-account': 'operator' } });
    return { status: answer.status, text: await answer.text() };
  }, shown.id);
  expect(again.status).toBe(200);
  expect(again.text).toContain('Nightly import');
  expect(again.text).not.toContain(secret);
  expect(await shown.secretAnswers()).toBe(1);
  await shown.close();
});

test('leaving the page takes the secret away, also for the back button', async () => {
  const shown = await showSecret('Left behind');
  const { page, secret } = shown;
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`${world.server.url}/healthz`);
  await page.goBack();
  await page.getByRole('heading', { name: /New token|Tokens/ }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await isHeld(shown, secret)).toBe(false);
  expect(await shown.secretAnswers()).toBe(1);
  await shown.close();
});

test('reloading while it is shown does not show it again', async () => {
  const shown = await showSecret('Reloaded');
  const { page, secret } = shown;
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('heading', { name: 'New token' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await isHeld(shown, secret)).toBe(false);
  await shown.close();
});
