import { afterEach, expect, test } from 'vitest';
import { openBrowser } from '../packages/server/src/http/testing/browser.ts';
import { EMAIL, PASSWORD, startWithFirstPerson } from '../packages/server/src/http/testing/first-person.ts';
import { openMailbox, tokenIn } from '../packages/server/src/http/testing/mailbox.ts';
import { codeOf } from '../packages/server/src/http/testing/one-time-code.ts';

const ADDRESSES = 1000;
const NEW_PASSWORD = 'seven quiet otters in a tram';
const QUARTER_MS = 15 * 60_000;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function start() {
  const clock = { now: Date.now() };
  const mailbox = await openMailbox();
  const first = await startWithFirstPerson({
    now: () => clock.now,
    environment: { LATCHKEY_MAIL_SMTP: mailbox.smtp, LATCHKEY_TRUSTED_PROXIES: '127.0.0.1' },
  });
  closing.push(first.server, mailbox);
  await mailbox.next();
  return { ...first, clock, mailbox };
}

const addressOf = (index: number) => `203.${index >> 8}.113.${index & 255}`;

/** Tries once from each address, as patiently as the server asks for; how often each code was answered. */
async function guessFrom(
  url: string,
  email: string,
  clock: { now: number },
  addresses = ADDRESSES,
): Promise<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (let index = 0; index < addresses; index++) {
    const answer = await openBrowser(url, addressOf(index)).call('POST', '/v1/session', {
      email,
      password: `guess number ${index}`,
    });
    const code = String(answer.json.code);
    codes[code] = (codes[code] ?? 0) + 1;
    // The most patient guesser there is: never told to wait.
    if (code === 'sign_in_refused') clock.now += QUARTER_MS;
  }
  return codes;
}

test('a thousand addresses get a hundred tries at an account together, and as many at one that nobody has', async () => {
  const { server, browser, clock, mailbox } = await start();
  const kept = openBrowser(server.url);
  await kept.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  await kept.call('DELETE', '/v1/session');

  const known = await guessFrom(server.url, EMAIL, clock);
  expect(known).toEqual({ sign_in_refused: 100, sign_in_locked: 900 });
  const unknown = await guessFrom(server.url, 'nobody@example.com', clock);
  expect(unknown).toEqual(known);

  // Even the right password lets nobody in from a stranger's browser,
  const right = { email: EMAIL, password: PASSWORD };
  const stranger = openBrowser(server.url, '198.51.100.7');
  expect((await stranger.call('POST', '/v1/session', right)).json.code).toBe('sign_in_locked');
  // the owner's session goes on,
  expect((await browser.call('GET', '/v1/session')).status).toBe(200);
  // a browser that was signed in before is let in,
  expect((await kept.call('POST', '/v1/session', right)).status).toBe(200);
  // and the mail helps everywhere else.
  await guessFrom(server.url, EMAIL, clock, 101);
  await stranger.call('POST', '/v1/password/forgotten', { email: EMAIL });
  const token = tokenIn(await mailbox.next());
  await stranger.call('POST', '/v1/password/reset', { token, password: NEW_PASSWORD });
  const renewed = { email: EMAIL, password: NEW_PASSWORD };
  expect((await stranger.call('POST', '/v1/session', renewed)).status).toBe(200);
}, 120_000);

test('tries that come at once are no more than those one after the other', async () => {
  const { server } = await start();
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const browser = openBrowser(server.url, addressOf(index));
      const { json } = await browser.call('POST', '/v1/session', {
        email: EMAIL,
        password: `guess ${index}`,
      });
      return json.code;
    }),
  );
  // Three are free; who comes while those are looked at has to wait.
  const tried = answers.filter((code) => code === 'sign_in_refused').length;
  expect(tried).toBeLessThanOrEqual(4);
  expect(tried).toBeGreaterThan(0);
});

test('the wait grows with each failure, a quarter of an hour at most, and is told', async () => {
  const { server, clock } = await start();
  const browser = openBrowser(server.url);
  const wrong = { email: EMAIL, password: 'wrong' };
  const waits: number[] = [];
  for (let tries = 0; tries < 15; tries++) {
    let answer = await browser.call('POST', '/v1/session', wrong);
    const seconds = Number(answer.headers.get('retry-after') ?? 0);
    waits.push(seconds);
    if (seconds > 0) {
      expect([answer.status, answer.json.code]).toEqual([429, 'sign_in_delayed']);
      clock.now += seconds * 1000;
      answer = await browser.call('POST', '/v1/session', wrong);
    }
    expect(answer.json.code).toBe('sign_in_refused');
  }
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
});

test('whoever reads the mail and sets the password anew again and again guesses a hundred codes too, and the owner gets in by a recovery code', async () => {
  const { server, browser, clock, mailbox } = await start();
  const begun = await browser.call('POST', '/v1/second-factor', { password: PASSWORD });
  const { uri, recoveryCodes } = begun.json as { uri: string; recoveryCodes: string[] };
  await browser.call('POST', '/v1/second-factor/confirm', { code: codeOf(uri, clock.now) });
  const codes: Record<string, number> = {};
  let password = PASSWORD;
  for (let round = 0; round < 40; round++) {
    const thief = openBrowser(server.url, addressOf(round));
    // As patient as mails to one address are seldom.
    clock.now += 4 * QUARTER_MS;
    await thief.call('POST', '/v1/password/forgotten', { email: EMAIL });
    let mail = await mailbox.next();
    while (!/\/dashboard\/reset[a-z-]*#/.test(mail.text)) mail = await mailbox.next();
    password = `${NEW_PASSWORD} ${round}`;
    const reset = await thief.call('POST', '/v1/password/reset', { token: tokenIn(mail), password });
    expect(reset.status).toBe(204);
    await thief.call('POST', '/v1/session', { email: EMAIL, password });
    for (let tries = 0; tries < 4; tries++) {
      const { json } = await thief.call('POST', '/v1/session/second-factor', { code: 'abcdef' });
      codes[String(json.code)] = (codes[String(json.code)] ?? 0) + 1;
    }
  }
  expect(codes.second_factor_refused).toBeLessThanOrEqual(100);
  const owner = openBrowser(server.url);
  await owner.call('POST', '/v1/session', { email: EMAIL, password });
  const recoveryCode = recoveryCodes[0];
  expect((await owner.call('POST', '/v1/session/second-factor', { recoveryCode })).status).toBe(200);
}, 120_000);

test('codes of the second factor are guessed a hundred times at most, however often the password is shown', async () => {
  const { server, browser, clock } = await start();
  const begun = await browser.call('POST', '/v1/second-factor', { password: PASSWORD });
  const { uri } = begun.json as { uri: string };
  await browser.call('POST', '/v1/second-factor/confirm', { code: codeOf(uri, clock.now) });
  const codes: Record<string, number> = {};
  for (let index = 0; index < 150; index++) {
    const thief = openBrowser(server.url, addressOf(index));
    await thief.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
    const { json } = await thief.call('POST', '/v1/session/second-factor', { code: 'abcdef' });
    const code = String(json.code);
    codes[code] = (codes[code] ?? 0) + 1;
    clock.now += QUARTER_MS;
  }
  expect(codes).toEqual({ second_factor_refused: 100, sign_in_locked: 50 });
});
