import { afterEach, expect, test } from 'vitest';
import { openBrowser } from '../testing/browser.ts';
import {
  EMAIL,
  type FirstPerson,
  PASSWORD,
  setupTokenOf,
  startWithFirstPerson,
} from '../testing/first-person.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../testing/start-test-server.ts';
import { DEVICE_COOKIE, SESSION_COOKIE } from './cookies.ts';

const MINUTE = 60_000;

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

async function startSignedIn(options?: TestServerOptions): Promise<FirstPerson> {
  const first = await startWithFirstPerson(options);
  servers.push(first.server);
  return first;
}

test('the setup link makes the first person, owner of the account of the operator, once', async () => {
  const server = await start();
  const browser = openBrowser(server.url);
  expect((await browser.call('GET', '/v1/setup')).json).toEqual({ needed: true });
  const body = { token: setupTokenOf(server), email: ' Ada@Example.com ', name: 'Ada', password: PASSWORD };
  const wrong = await browser.call('POST', '/v1/setup', { ...body, token: 'A'.repeat(43) });
  expect([wrong.status, wrong.json.code]).toEqual([404, 'link_invalid']);
  const weak = await browser.call('POST', '/v1/setup', { ...body, password: 'short' });
  expect([weak.status, weak.json.code]).toEqual([422, 'password_refused']);
  expect(weak.json.detail).toBe('Choose a password of at least 15 characters; this one has 5.');

  const made = await browser.call('POST', '/v1/setup', body);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    person: { email: EMAIL, name: 'Ada', emailVerified: false, secondFactor: false, language: null },
    accounts: [{ name: 'operator', kind: 'operator', status: 'active', role: 'owner' }],
    stepUps: [],
  });
  expect((await browser.call('GET', '/v1/session')).json.person).toEqual(made.json.person);
  expect((await browser.call('GET', '/v1/setup')).json).toEqual({ needed: false });
  const again = await openBrowser(server.url).call('POST', '/v1/setup', {
    ...body,
    email: 'eve@example.com',
  });
  expect([again.status, again.json.code]).toEqual([404, 'link_invalid']);
  const audit = await server.operatorClient.native.audit({ action: 'member.add' });
  expect(audit.items).toMatchObject([
    { actor: { kind: 'system', name: 'setup' }, account: 'operator', after: { role: 'owner', email: EMAIL } },
  ]);
});

test('a setup link is over after a day', async () => {
  let now = Date.now();
  const server = await start({ now: () => now });
  now += 24 * 60 * MINUTE + 1;
  const body = { token: setupTokenOf(server), email: EMAIL, name: 'Ada', password: PASSWORD };
  expect((await openBrowser(server.url).call('POST', '/v1/setup', body)).json.code).toBe('link_invalid');
});

test('sign-in begins a session with another credential, in a cookie that only this host can set and no script can read', async () => {
  const { server, browser } = await startSignedIn();
  const before = browser.cookies.get(SESSION_COOKIE);
  const answer = await browser.call('POST', '/v1/session', {
    email: EMAIL.toUpperCase(),
    password: PASSWORD,
  });
  expect(answer.json).toMatchObject({ state: 'signed_in', person: { email: EMAIL } });
  expect(browser.cookies.get(SESSION_COOKIE)).not.toBe(before);
  for (const line of answer.headers.getSetCookie()) {
    expect(line).toMatch(
      /^__Host-latchkey_\w+=\S+; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
  }
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  // The session that this browser had before is over.
  const old = await openBrowser(server.url).call('GET', '/v1/session', undefined, {
    cookie: `${SESSION_COOKIE}=${before}`,
  });
  expect([old.status, old.json.code]).toEqual([401, 'not_signed_in']);
});

test('a wrong password and an unknown address are answered alike', async () => {
  const { server } = await startSignedIn();
  const answers = [];
  for (const email of [EMAIL, 'nobody@example.com', 'no address']) {
    const { status, json } = await openBrowser(server.url).call('POST', '/v1/session', {
      email,
      password: 'wrong',
    });
    const { requestId: _requestId, ...rest } = json;
    answers.push({ status, ...rest });
  }
  expect(answers[0]).toMatchObject({
    status: 401,
    code: 'sign_in_refused',
    detail: 'The e-mail address and the password do not belong together.',
  });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('signing out ends the session for whoever kept its cookie', async () => {
  const { server, browser } = await startSignedIn();
  const kept = browser.cookies.get(SESSION_COOKIE) ?? '';
  const answer = await browser.call('DELETE', '/v1/session');
  expect(answer.status).toBe(204);
  expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
  expect(browser.cookies.has(DEVICE_COOKIE)).toBe(true);
  const thief = openBrowser(server.url);
  thief.cookies.set(SESSION_COOKIE, kept);
  expect((await thief.call('GET', '/v1/session')).status).toBe(401);
});

test('stepping up counts for its class, for ten minutes, and gives the session another credential', async () => {
  let now = Date.now();
  const { server, browser } = await startSignedIn({ now: () => now });
  const before = browser.cookies.get(SESSION_COOKIE) ?? '';
  const wrong = await browser.call('POST', '/v1/session/step-up', { class: 'secrets', password: 'wrong' });
  expect([wrong.status, wrong.json.code]).toEqual([403, 'password_wrong']);
  const answer = await browser.call('POST', '/v1/session/step-up', { class: 'secrets', password: PASSWORD });
  expect(answer.json.stepUps).toEqual([
    { class: 'secrets', until: new Date(now + 10 * MINUTE).toISOString() },
  ]);
  expect(browser.cookies.get(SESSION_COOKIE)).not.toBe(before);
  const old = openBrowser(server.url);
  old.cookies.set(SESSION_COOKIE, before);
  expect((await old.call('GET', '/v1/session')).status).toBe(401);
  now += 10 * MINUTE;
  expect((await browser.call('GET', '/v1/session')).json.stepUps).toEqual([]);
});

test('a session ends a month after sign-in, and a week after it was used last', async () => {
  const day = 24 * 60 * MINUTE;
  let now = Date.now();
  const { browser } = await startSignedIn({ now: () => now });
  for (let passed = 0; passed < 24; passed += 6) {
    now += 6 * day;
    expect((await browser.call('GET', '/v1/session')).status).toBe(200);
  }
  now += 6 * day;
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
  await browser.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  now += 7 * day;
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
});

test('a person sees the own sessions and ends one or all others', async () => {
  const { server, browser } = await startSignedIn();
  const others = [openBrowser(server.url), openBrowser(server.url), openBrowser(server.url)];
  for (const other of others) await other.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  const list = await browser.call('GET', '/v1/sessions');
  const items = list.json.items as { id: string; current: boolean }[];
  expect(items).toHaveLength(4);
  expect(items.filter(({ current }) => current)).toHaveLength(1);
  const session = (await others[0]?.call('GET', '/v1/session'))?.json.session as { id: string };
  expect((await browser.call('DELETE', `/v1/sessions/${session.id}`)).status).toBe(204);
  expect((await others[0]?.call('GET', '/v1/session'))?.status).toBe(401);
  const twice = await browser.call('DELETE', `/v1/sessions/${session.id}`);
  expect([twice.status, twice.json.code]).toEqual([404, 'session_not_found']);
  expect((await others[1]?.call('DELETE', '/v1/sessions'))?.status).toBe(204);
  expect((await others[2]?.call('GET', '/v1/session'))?.status).toBe(401);
  expect((await browser.call('GET', '/v1/session')).status).toBe(401);
  expect((await others[1]?.call('GET', '/v1/session'))?.status).toBe(200);
});
