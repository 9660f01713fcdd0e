import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../packages/server/src/http/testing/browser.ts';
import { type Mailbox, openMailbox } from '../../packages/server/src/http/testing/mailbox.ts';
import { type DashboardWorld, makeOwner, OWNER, startDashboard } from '../testing/dashboard.ts';

const clock = { now: Date.now() };
let mailbox: Mailbox;
let world: DashboardWorld;

beforeAll(async () => {
  mailbox = await openMailbox();
  world = await startDashboard({
    now: () => clock.now,
    environment: { LATCHKEY_MAIL_SMTP: mailbox.smtp, LATCHKEY_RATE_LIMIT_ANONYMOUS_PER_MINUTE: '0' },
  });
  await makeOwner(world.server);
});
afterAll(async () => {
  await world?.close();
  await mailbox?.close();
});

/** Tries wrong passwords as patiently as the server asks for, until it takes none any more. */
async function guessUntilLocked(email: string): Promise<number> {
  const browser = openBrowser(world.server.url);
  for (let tries = 0; ; tries++) {
    const { json } = await browser.call('POST', '/v1/session', { email, password: `guess number ${tries}` });
    if (json.code === 'sign_in_locked') return tries;
    expect(json.code).toBe('sign_in_refused');
    clock.now += 15 * 60_000;
  }
}

test('after a hundred failed tries the page says what still opens, a browser that is known gets in, and so does a new password', async () => {
  // Her browser, in which she signs out again before strangers begin to guess.
  const known = await world.openSignedIn(OWNER, '/me');
  await known.page.evaluate(() => fetch('/v1/session', { method: 'DELETE' }));
  expect(await guessUntilLocked(OWNER.email)).toBe(100);

  const { page, screenshot, violations, errors, close } = await world.open('/sign-in');
  const fill = async (on: typeof page, password: string) => {
    await on.getByLabel('E-mail address').fill(OWNER.email);
    await on.getByLabel('Password', { exact: true }).fill(password);
    await on.getByRole('button', { name: 'Sign in' }).click();
  };
  await fill(page, OWNER.password);
  const alert = page.getByRole('alert');
  await alert.getByText('This address is locked for unknown browsers').waitFor();
  await screenshot('locked');
  expect(await violations()).toEqual([]);

  await known.page.goto(`${world.server.url}/dashboard/sign-in`);
  await fill(known.page, OWNER.password);
  await known.page.waitForURL('**/dashboard/a/operator/**');
  await known.close();

  await alert.getByRole('link', { name: 'Send me a link' }).click();
  await page.getByLabel('E-mail address').fill(OWNER.email);
  await page.getByRole('button', { name: 'Send link' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  let link: string | undefined;
  while (link === undefined) link = /\/dashboard(\/reset#[\w-]+)/.exec((await mailbox.next()).text)?.[1];
  await page.goto('about:blank');
  await page.goto(`${world.server.url}/dashboard${link}`);
  await page.getByLabel('New password').fill('ninety quiet lighthouse keepers');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fill(page, 'ninety quiet lighthouse keepers');
  await page.waitForURL('**/dashboard/a/operator/**');
  expect(errors).toEqual([]);
  await close();
});
