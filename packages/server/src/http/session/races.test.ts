import { afterEach, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../testing/browser.ts';
import { EMAIL, PASSWORD, startWithFirstPerson } from '../testing/first-person.ts';
import { openMailbox, tokenIn } from '../testing/mailbox.ts';

const NEW_PASSWORD = 'seven quiet otters in a tram';
const SIGN_INS = 20;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

/** Browsers that were signed in before, so that the tries of each are counted by themselves. */
async function startWithKnownBrowsers() {
  const mailbox = await openMailbox();
  const { server, browser: owner } = await startWithFirstPerson({
    environment: { LATCHKEY_MAIL_SMTP: mailbox.smtp },
  });
  closing.push(server, mailbox);
  await mailbox.next();
  const known: TestBrowser[] = [];
  for (let count = 0; count < SIGN_INS; count++) {
    const browser = openBrowser(server.url);
    await browser.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
    known.push(browser);
  }
  return { server, mailbox, owner, known };
}

/** Signs in with the old password from everywhere while the password changes; what those sessions are worth afterwards. */
async function signInDuring(known: readonly TestBrowser[], change: () => Promise<{ status: number }>) {
  const old = { email: EMAIL, password: PASSWORD };
  const begin = (browser: TestBrowser) => browser.call('POST', '/v1/session', old);
  const early = known.slice(0, SIGN_INS / 2).map(begin);
  const changed = change();
  const late = known.slice(SIGN_INS / 2).map(begin);
  const signedIn = await Promise.all([...early, ...late]);
  expect((await changed).status).toBe(204);
  // Without any that the old password was right for, nothing would have been tried.
  expect(signedIn.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  return Promise.all(known.map(async (browser) => (await browser.call('GET', '/v1/session')).status));
}

test('of twenty sign-ins that run while the password is set anew by mail none outlives it', async () => {
  const { server, mailbox, known } = await startWithKnownBrowsers();
  const elsewhere = openBrowser(server.url);
  await elsewhere.call('POST', '/v1/password/forgotten', { email: EMAIL });
  const body = { token: tokenIn(await mailbox.next()), password: NEW_PASSWORD };
  const left = await signInDuring(known, () => elsewhere.call('POST', '/v1/password/reset', body));
  expect(left).toEqual(left.map(() => 401));
});

test('of twenty sign-ins that run while the password is changed none outlives it, and the session that changed it goes on alone', async () => {
  const { owner, known } = await startWithKnownBrowsers();
  const body = { current: PASSWORD, password: NEW_PASSWORD };
  const left = await signInDuring(known, () => owner.call('POST', '/v1/password', body));
  expect(left).toEqual(left.map(() => 401));
  const { status, json } = await owner.call('GET', '/v1/sessions');
  expect(status).toBe(200);
  expect(json.items).toMatchObject([{ current: true }]);
});

test('of two passwords that are set at once with the same proof one counts, and a link of an earlier mail sets none after it', async () => {
  const { server, mailbox, owner } = await startWithKnownBrowsers();
  const elsewhere = openBrowser(server.url);
  await elsewhere.call('POST', '/v1/password/forgotten', { email: EMAIL });
  const token = tokenIn(await mailbox.next());
  const others = 'nine loud herons on a bus';
  const change = (password: string) => owner.call('POST', '/v1/password', { current: PASSWORD, password });
  const twice = await Promise.all([change(NEW_PASSWORD), change(others)]);
  expect(twice.map(({ status }) => status === 204).filter(Boolean)).toHaveLength(1);
  const late = await elsewhere.call('POST', '/v1/password/reset', {
    token,
    password: 'four green geese by a well',
  });
  expect([late.status, late.json.code]).toEqual([404, 'link_invalid']);
  const winner = twice[0]?.status === 204 ? NEW_PASSWORD : others;
  const { status } = await elsewhere.call('POST', '/v1/session', { email: EMAIL, password: winner });
  expect(status).toBe(200);
});
