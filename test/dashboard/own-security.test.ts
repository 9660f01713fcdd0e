import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../packages/server/src/http/testing/browser.ts';
import { type Mailbox, openMailbox } from '../../packages/server/src/http/testing/mailbox.ts';
import { codeOf } from '../../packages/server/src/http/testing/one-time-code.ts';
import { type DashboardWorld, makeOwner, OWNER, startDashboard } from '../testing/dashboard.ts';

let mailbox: Mailbox;
let world: DashboardWorld;

beforeAll(async () => {
  mailbox = await openMailbox();
  world = await startDashboard({ environment: { LATCHKEY_MAIL_SMTP: mailbox.smtp } });
  await makeOwner(world.server);
});

afterAll(async () => {
  await world?.close();
  await mailbox?.close();
});

/** The path of the next link in a mail that leads to `page`, below `/dashboard`. Mails that tell of something else are passed over. */
async function nextLink(page: 'verify-email' | 'invitation' | 'reset'): Promise<string> {
  for (;;) {
    const { text } = await mailbox.next();
    const path = /\/dashboard(\/[\w-]+#[\w-]+)/.exec(text)?.[1];
    if (path?.startsWith(`/${page}#`)) return path;
  }
}

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('the link of the mail confirms the address', async () => {
  const { page, errors, close } = await world.open(await nextLink('verify-email'));
  await page.getByRole('heading', { name: 'Your e-mail address is confirmed' }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test('an invited newcomer makes a login, joins, and sees no more than the role gives', async () => {
  const owner = await world.openSignedIn(OWNER, '/a/operator/settings');
  const invited = await owner.page.evaluate(async () => {
    const body = (value: object) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'latchkey-account': 'operator' },
      body: JSON.stringify(value),
    });
    const session: { person: { email: string } } = await (await fetch('/v1/session')).json();
    await fetch('/v1/session/step-up', body({ class: 'members', password: 'violet harbour 27 lanterns' }));
    const answer = await fetch('/v1/invitations', body({ email: 'grace@acme.example', role: 'viewer' }));
    return [session.person.email, answer.status];
  });
  expect(invited).toEqual([OWNER.email, 201]);
  await owner.close();

  const { page, screenshot, violations, errors, close } = await world.open(await nextLink('invitation'));
  await page.getByRole('heading', { name: 'Join operator' }).waitFor();
  await page.getByText('as Viewer').waitFor();
  await screenshot('invitation');
  expect(await violations()).toEqual([]);
  await page.getByLabel('Your name').fill('Grace Hopper');
  await page.getByLabel('New password').fill('seven nautical compass bearings');
  await page.getByRole('button', { name: 'Create my login and join' }).click();
  await page.waitForURL('**/dashboard/a/operator/**');
  await page.getByText('Viewer', { exact: true }).first().waitFor();
  expect(errors).toEqual([]);
  await close();
});

test('a second step is set up by scanning, its codes and recovery codes let in, and it can be taken away', async () => {
  const { page, screenshot, violations, errors, close } = await world.openSignedIn(OWNER, '/me');
  await page.getByRole('button', { name: 'Set up' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(OWNER.password);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await confirmIfAsked(page);
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  await dialog.getByRole('button', { name: 'I cannot scan it' }).click();
  const key = await dialog.locator('code').innerText();
  await screenshot('second-factor', 'window');
  expect(await violations()).toEqual([]);
  await dialog.getByLabel('Six-digit code').fill(codeOf(`otpauth://totp/?secret=${key}`, Date.now()));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const list = dialog.getByRole('list', { name: 'Recovery codes' });
  await list.waitFor();
  const codes = await list.getByRole('listitem').allInnerTexts();
  expect(codes.length).toBeGreaterThanOrEqual(8);
  expect(await dialog.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await dialog.isVisible()).toBe(true);
  await screenshot('recovery-codes', 'window');
  await dialog.getByLabel('I have stored them').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('On', { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await close();

  const again = await world.open('/sign-in');
  await fillSignIn(again.page, OWNER.email, OWNER.password);
  await again.page.getByRole('heading', { name: 'Second step' }).waitFor();
  await again.screenshot('second-step');
  expect(await again.violations()).toEqual([]);
  await again.page.getByLabel('Six-digit code').fill('000000');
  await again.page.getByRole('button', { name: 'Go on' }).click();
  await again.page.getByRole('alert').getByText('Code refused').waitFor();
  await again.page.getByRole('button', { name: 'I do not have my device' }).click();
  await again.page.getByLabel('Recovery code').fill(codes[0] ?? '');
  await again.page.getByRole('button', { name: 'Go on' }).click();
  await again.page.waitForURL('**/dashboard/a/operator/**');

  await again.page.goto(`${world.server.url}/dashboard/me`);
  await again.page.getByRole('button', { name: 'Take away' }).click();
  await again.page.getByRole('dialog').getByLabel('Current password').fill(OWNER.password);
  await again.page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
  await again.page.getByText('Off', { exact: true }).waitFor();
  await again.close();
});

/** The dialog that asks who it is, where the server wants to know again. */
async function confirmIfAsked(page: Page): Promise<void> {
  const asked = page.getByRole('dialog', { name: 'Confirm it is you' });
  const next = page.getByRole('img', { name: 'QR code for the authenticator app' });
  await asked.or(next).first().waitFor();
  if (!(await asked.isVisible())) return;
  await asked.getByLabel('Password').fill(OWNER.password);
  await asked.getByRole('button', { name: 'Confirm' }).click();
}

test('a forgotten password is set anew by a mail, and the old one opens nothing', async () => {
  const { page, close } = await world.open('/forgotten');
  await page.getByLabel('E-mail address').fill('grace@acme.example');
  await page.getByRole('button', { name: 'Send link' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await page.goto('about:blank');
  await page.goto(`${world.server.url}/dashboard${await nextLink('reset')}`);
  await page.getByLabel('New password').fill('ninety quiet lighthouse keepers');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('heading', { name: 'The new password is set' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, 'grace@acme.example', 'seven nautical compass bearings');
  await page.getByRole('alert').getByText('Sign-in refused').waitFor();
  await fillSignIn(page, 'grace@acme.example', 'ninety quiet lighthouse keepers');
  await page.waitForURL('**/dashboard/a/operator/**');
  await close();
});

test('a member leaves an account after a confirmation, and its last owner does not', async () => {
  const { page, close } = await world.openSignedIn(
    { email: 'grace@acme.example', password: 'ninety quiet lighthouse keepers' },
    '/a/operator/settings',
  );
  await leave(page, 'ninety quiet lighthouse keepers');
  await page.waitForURL('**/dashboard/me');
  await page.getByText('You are in no account.').waitFor();
  await close();

  const owner = await world.openSignedIn(OWNER, '/a/operator/settings');
  await owner.page.getByRole('button', { name: 'Leave account' }).click();
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Leave account' }).click();
  await owner.page.getByRole('dialog').getByRole('alert').waitFor();
  await owner.close();
});

async function leave(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Leave account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave account' }).click();
  const asked = page.getByRole('dialog', { name: 'Confirm it is you' });
  await asked.getByLabel('Password').fill(password);
  await asked.getByRole('button', { name: 'Confirm' }).click();
}

test('somebody who has a login already signs in to accept an invitation, and is then in both accounts', async () => {
  const ada = openBrowser(world.server.url);
  await ada.call('POST', '/v1/session', { email: OWNER.email, password: OWNER.password });
  await ada.call('POST', '/v1/session/step-up', { class: 'members', password: OWNER.password });
  const grace = { email: 'grace@acme.example', role: 'developer', account: 'acme' };
  expect((await ada.call('POST', '/v1/invitations', grace)).status).toBe(201);
  const link = await nextLink('invitation');

  // Signed in as another person, who cannot take it.
  const other = await world.openSignedIn(OWNER, '/me');
  await other.page.goto('about:blank');
  await other.page.goto(`${world.server.url}/dashboard${link}`);
  await other.page.getByText(`You are signed in as ${OWNER.email}.`).waitFor();
  await other.close();

  const { page, screenshot, violations, errors, close } = await world.open(link);
  await page.getByRole('heading', { name: 'Join acme' }).waitFor();
  await page.getByText('You have a login already').waitFor();
  await screenshot('invitation-known');
  expect(await violations()).toEqual([]);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, 'grace@acme.example', 'ninety quiet lighthouse keepers');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL('**/dashboard/a/acme/**');
  await page.getByText('Developer', { exact: true }).first().waitFor();
  expect(page.url()).not.toContain('#');
  expect(errors).toEqual([]);
  // The link is used up.
  await page.goto('about:blank');
  await page.goto(`${world.server.url}/dashboard${link}`);
  await page.getByText('Link cannot be used').waitFor();
  await close();
});
