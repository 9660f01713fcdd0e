import { readFile, stat } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../testing/browser.ts';
import {
  EMAIL,
  type FirstPerson,
  PASSWORD,
  setupTokenOf,
  startWithFirstPerson,
} from '../testing/first-person.ts';
import { type Mailbox, openMailbox, tokenIn } from '../testing/mailbox.ts';
import { codeOf } from '../testing/one-time-code.ts';
import { DEVICE_COOKIE, SESSION_COOKIE } from './cookies.ts';

const NEW_PASSWORD = 'seven quiet otters in a tram';
const MINUTE = 60_000;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function start(now: () => number = Date.now): Promise<FirstPerson & { mailbox: Mailbox }> {
  const mailbox = await openMailbox();
  const first = await startWithFirstPerson({ now, environment: { LATCHKEY_MAIL_SMTP: mailbox.smtp } });
  closing.push(first.server, mailbox);
  return { ...first, mailbox };
}

async function codes(answers: Promise<{ status: number; json: Readonly<Record<string, unknown>> }>) {
  const { status, json } = await answers;
  return [status, json.code];
}

test('the mail after setup confirms the address, once', async () => {
  const { server, browser, mailbox } = await start();
  const mail = await mailbox.next();
  expect(mail.to).toBe(EMAIL);
  expect(mail.text).toContain(`${server.url}/dashboard/verify-email#`);
  const elsewhere = openBrowser(server.url);
  const body = { token: tokenIn(mail) };
  expect((await elsewhere.call('POST', '/v1/email/verify', body)).status).toBe(204);
  expect((await browser.call('GET', '/v1/session')).json).toMatchObject({ person: { emailVerified: true } });
  expect(await codes(elsewhere.call('POST', '/v1/email/verify', body))).toEqual([404, 'link_invalid']);
});

test('a forgotten password is set anew by a mail, which ends every session and works once, within an hour', async () => {
  let now = Date.now();
  const { server, browser, mailbox } = await start(() => now);
  await mailbox.next();
  const other = openBrowser(server.url);
  expect((await other.call('POST', '/v1/password/forgotten', { email: 'Ada@example.com' })).status).toBe(204);
  const first = tokenIn(await mailbox.next());
  now += 60 * MINUTE;
  const late = { token: first, password: NEW_PASSWORD };
  expect(await codes(other.call('POST', '/v1/password/reset', late))).toEqual([404, 'link_invalid']);
  await other.call('POST', '/v1/password/forgotten', { email: EMAIL });
  const token = tokenIn(await mailbox.next());
  const common = { token, password: 'passwordpassword' };
  expect(await codes(other.call('POST', '/v1/password/reset', common))).toEqual([422, 'password_refused']);
  expect((await other.call('POST', '/v1/password/reset', { token, password: NEW_PASSWORD })).status).toBe(
    204,
  );
  expect(other.cookies.has(DEVICE_COOKIE)).toBe(true);
  expect((await mailbox.next()).text).toContain('your password was changed');
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
  const again = { token, password: PASSWORD };
  expect(await codes(other.call('POST', '/v1/password/reset', again))).toEqual([404, 'link_invalid']);
  const old = { email: EMAIL, password: PASSWORD };
  expect(await codes(other.call('POST', '/v1/session', old))).toEqual([401, 'sign_in_refused']);
  expect((await other.call('POST', '/v1/session', { email: EMAIL, password: NEW_PASSWORD })).status).toBe(
    200,
  );
});

test('asking for nobody answers the same and sends nothing', async () => {
  const { server, mailbox } = await start();
  await mailbox.next();
  const browser = openBrowser(server.url);
  const known = await browser.call('POST', '/v1/password/forgotten', { email: EMAIL });
  const unknown = await browser.call('POST', '/v1/password/forgotten', { email: 'nobody@example.com' });
  expect([known.status, known.json, [...known.headers.keys()]]).toEqual([
    unknown.status,
    unknown.json,
    [...unknown.headers.keys()],
  ]);
  expect((await mailbox.next()).to).toBe(EMAIL);
  await server.close();
  expect(mailbox.mails.map(({ to }) => to)).toEqual([EMAIL, EMAIL]);
});

test('a changed password keeps the session that changed it and ends the others', async () => {
  const { server, browser } = await start();
  const other = openBrowser(server.url);
  await other.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  const wrong = await browser.call('POST', '/v1/password', { current: 'wrong', password: NEW_PASSWORD });
  expect([wrong.status, wrong.json.code, wrong.json.field]).toEqual([403, 'password_wrong', 'current']);
  const body = { current: PASSWORD, password: NEW_PASSWORD };
  expect((await browser.call('POST', '/v1/password', body)).status).toBe(204);
  expect((await browser.call('GET', '/v1/session')).status).toBe(200);
  expect((await other.call('GET', '/v1/session')).status).toBe(401);
});

test('name and language change, and mails follow the language', async () => {
  const { browser, mailbox } = await start();
  await mailbox.next();
  const changed = await browser.call('PATCH', '/v1/person', { name: '  Ada L. ', language: 'zh' });
  expect(changed.json.person).toMatchObject({ name: 'Ada L.', language: 'zh' });
  for (const name of [' ', 'Win at https://evil.example', 'Ada\u202e', 'A\u200bda', 'A\u2028da', 'A\nda']) {
    expect(await codes(browser.call('PATCH', '/v1/person', { name }))).toEqual([422, 'name_invalid']);
  }
  await browser.call('POST', '/v1/email/verification');
  expect((await mailbox.next()).text).toContain('Ada L.，您好：');
});

async function addFactor(
  browser: TestBrowser,
  now: number,
): Promise<{ uri: string; recoveryCodes: string[] }> {
  const begun = await browser.call('POST', '/v1/second-factor', { password: PASSWORD });
  expect(begun.status).toBe(201);
  const { uri, recoveryCodes } = begun.json as { uri: string; recoveryCodes: string[] };
  const code = codeOf(uri, now);
  expect((await browser.call('POST', '/v1/second-factor/confirm', { code })).status).toBe(204);
  return { uri, recoveryCodes };
}

test('with a second factor the password alone lets nobody in, and no code works twice', async () => {
  let now = Date.now();
  const { server, browser } = await start(() => now);
  const wrong = { password: 'wrong' };
  expect(await codes(browser.call('POST', '/v1/second-factor', wrong))).toEqual([403, 'password_wrong']);
  const { uri } = await addFactor(browser, now);
  expect((await browser.call('GET', '/v1/session')).json.person).toMatchObject({ secondFactor: true });
  const twice = browser.call('POST', '/v1/second-factor', { password: PASSWORD });
  expect(await codes(twice)).toEqual([409, 'second_factor_exists']);

  const other = openBrowser(server.url);
  const begun = await other.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  expect(begun.json).toEqual({ state: 'second_factor' });
  const pending = other.cookies.get(SESSION_COOKIE);
  expect(await codes(other.call('GET', '/v1/session'))).toEqual([401, 'not_signed_in']);
  const step = { class: 'secrets', password: PASSWORD };
  expect(await codes(other.call('POST', '/v1/session/step-up', step))).toEqual([401, 'not_signed_in']);
  // The code that set the factor up is used up.
  const used = other.call('POST', '/v1/session/second-factor', { code: codeOf(uri, now) });
  expect(await codes(used)).toEqual([401, 'second_factor_refused']);
  now += 30_000;
  const done = await other.call('POST', '/v1/session/second-factor', { code: codeOf(uri, now) });
  expect([done.status, done.json.person]).toEqual([200, expect.objectContaining({ email: EMAIL })]);
  expect(other.cookies.get(SESSION_COOKIE)).not.toBe(pending);
  now += 30_000;
  const code = codeOf(uri, now);
  expect((await other.call('POST', '/v1/session/step-up', { class: 'bulk', code })).status).toBe(200);
});

test('codes for a factor that is set up are counted with all else that is tried in the session', async () => {
  let now = Date.now();
  const { browser } = await start(() => now);
  const begun = await browser.call('POST', '/v1/second-factor', { password: PASSWORD });
  const confirm = (code: string) => codes(browser.call('POST', '/v1/second-factor/confirm', { code }));
  const right = codeOf(String(begun.json.uri), now);
  const wrong = right === '000000' ? '111111' : '000000';
  for (let tries = 0; tries < 4; tries++)
    expect(await confirm(wrong)).toEqual([401, 'second_factor_refused']);
  expect(await confirm(right)).toEqual([429, 'sign_in_delayed']);
  const password = { class: 'bulk', password: PASSWORD };
  expect(await codes(browser.call('POST', '/v1/session/step-up', password))).toEqual([
    429,
    'sign_in_delayed',
  ]);
  now += 1000;
  expect((await confirm(codeOf(String(begun.json.uri), now)))[0]).toBe(204);
  // Nothing is left of the failures.
  expect((await browser.call('POST', '/v1/session/step-up', password)).status).toBe(200);
});

test('a recovery code stands for a code, once', async () => {
  const now = Date.now();
  const { server, browser } = await start(() => now);
  const { recoveryCodes } = await addFactor(browser, now);
  expect(new Set(recoveryCodes).size).toBe(10);
  const [first = ''] = recoveryCodes;
  for (const [text, status] of [
    [first.toUpperCase().replaceAll('-', ' '), 200],
    [first, 401],
  ] as const) {
    const other = openBrowser(server.url);
    await other.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
    const answer = await other.call('POST', '/v1/session/second-factor', { recoveryCode: text });
    expect(answer.status).toBe(status);
  }
});

test('a short password is enough with a second factor, which then cannot be taken away', async () => {
  let now = Date.now();
  const { server, browser } = await start(() => now);
  const short = 'tram7otr';
  const change = { current: PASSWORD, password: short };
  expect(await codes(browser.call('POST', '/v1/password', change))).toEqual([422, 'password_refused']);
  const { uri } = await addFactor(browser, now);
  expect((await browser.call('POST', '/v1/password', change)).status).toBe(204);
  const refused = browser.call('DELETE', '/v1/second-factor', { password: short });
  expect(await codes(refused)).toEqual([422, 'password_refused']);
  await browser.call('POST', '/v1/password', { current: short, password: NEW_PASSWORD });
  const removed = await browser.call('DELETE', '/v1/second-factor', { password: NEW_PASSWORD });
  expect(removed.status).toBe(204);
  now += 30_000;
  const other = openBrowser(server.url);
  const signedIn = await other.call('POST', '/v1/session', { email: EMAIL, password: NEW_PASSWORD });
  expect(signedIn.json.state).toBe('signed_in');
  expect(uri).toMatch(/^otpauth:\/\/totp\/Latchkey:ada%40example\.com\?secret=[A-Z2-7]+&issuer=Latchkey/);
});

test('no log line holds a password, a link or a credential, nor a mail file anything for others', async () => {
  const first = await startWithFirstPerson();
  closing.push(first.server);
  const { server, browser } = first;
  await browser.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  await browser.call('POST', '/v1/session/step-up', { class: 'bulk', password: PASSWORD });
  await browser.call('POST', '/v1/password/forgotten', { email: EMAIL });
  const files = () =>
    server.logged.map((line) => String(JSON.parse(line).file ?? '')).filter((file) => file.endsWith('.txt'));
  await expect.poll(files, { timeout: 10_000 }).toHaveLength(2);
  const tokens: string[] = [];
  for (const file of files()) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    tokens.push(tokenIn({ to: EMAIL, text: await readFile(file, 'utf8') }));
  }
  const log = server.logged.join('\n');
  expect(log).toContain('/v1/session/step-up');
  for (const secret of [PASSWORD, setupTokenOf(server), ...tokens, ...browser.cookies.values()]) {
    expect(secret.length).toBeGreaterThan(20);
    expect(log).not.toContain(secret);
  }
  expect(log).not.toContain(EMAIL);
});

test('behind TLS browsers are told to stay there, and no answer can be framed or kept', async () => {
  const environment = { LATCHKEY_PUBLIC_URL: 'https://tokens.example.com' };
  const { server, browser } = await startWithFirstPerson({ environment });
  closing.push(server);
  for (const path of ['/v1/session', '/v1/setup', '/v1/sessions']) {
    const { headers } = await browser.call('GET', path);
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});
