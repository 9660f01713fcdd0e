import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../packages/server/src/http/testing/browser.ts';
import {
  EMAIL,
  type FirstPerson,
  PASSWORD,
  startWithFirstPerson,
} from '../packages/server/src/http/testing/first-person.ts';
import {
  fillPath,
  type Operation,
  readOperations,
  readSessionOperations,
  validBody,
} from './testing/operations.ts';

const CLASSES = ['secrets', 'widening', 'bulk', 'members', 'security'];

/** What browsers, old browsers and other programs say of the page behind a request; all but the last come from no page of the server. */
const FOREIGN = {
  'cross-site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'cross-site, and lying in Origin': (own: string) => ({ 'sec-fetch-site': 'cross-site', origin: own }),
  'same-site': (own: string) => ({
    'sec-fetch-site': 'same-site',
    origin: own.replace('127.0.0.1', 'a.127.0.0.1'),
  }),
  'typed by the user': { 'sec-fetch-site': 'none' },
  'no header at all': {},
  'another Origin': { origin: 'https://evil.example' },
  'another port': (own: string) => ({ origin: own.replace(/:\d+$/, ':1') }),
  'an opaque Origin': { origin: 'null' },
  'only a Referer': (own: string) => ({ referer: `${own}/dashboard/` }),
} as const satisfies Record<string, object | ((own: string) => object)>;

let first: FirstPerson;
let closed: readonly Operation[];
let session: readonly Operation[];
beforeAll(async () => {
  first = await startWithFirstPerson();
  const all = await readOperations(first.server.url);
  closed = all.filter(({ path, requires }) => path.startsWith('/v1/') && requires !== undefined);
  session = await readSessionOperations(first.server.url);
});
afterAll(() => first.server.close());

/** Signed in, and able to do anything. */
async function ready(): Promise<TestBrowser> {
  const browser = openBrowser(first.server.url);
  await browser.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  for (const each of CLASSES)
    await browser.call('POST', '/v1/session/step-up', { class: each, password: PASSWORD });
  return browser;
}

function bodyOf(operation: Operation): unknown {
  return session.includes(operation) ? BODIES[operation.id] : validBody(operation, 'made-here');
}

const BODIES: Readonly<Record<string, unknown>> = {
  signIn: { email: EMAIL, password: PASSWORD },
  finishSignIn: { code: '000000' },
  stepUp: { class: 'bulk', password: PASSWORD },
  setUp: { token: 'A'.repeat(43), email: EMAIL, name: 'Eve', password: PASSWORD },
  forgottenPassword: { email: EMAIL },
  resetPassword: { token: 'A'.repeat(43), password: PASSWORD },
  changePassword: { current: PASSWORD, password: PASSWORD },
  verifyEmail: { token: 'A'.repeat(43) },
  beginSecondFactor: { password: PASSWORD },
  confirmSecondFactor: { code: '000000' },
  removeSecondFactor: { password: PASSWORD },
  updatePerson: { name: 'Eve' },
  lookAtInvitation: { token: 'A'.repeat(43) },
  acceptInvitation: { token: 'A'.repeat(43) },
  changeMember: { role: 'viewer' },
  invite: { email: 'eve@example.com', role: 'viewer' },
};

/** A call as it leaves a browser: with the cookies, and with what the browser says of the page. */
async function ask(browser: TestBrowser, operation: Operation, headers: Readonly<Record<string, string>>) {
  const { url } = first.server;
  const id = `c${'0'.repeat(24)}`;
  const path = fillPath(operation, {
    id,
    token: 'A'.repeat(43),
    invitation: 'A'.repeat(43),
    account: 'operator',
    name: 'acme',
    person: id,
    personId: id,
    revision: '1',
  });
  const body = bodyOf(operation);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${url}${path}`, {
    method: operation.method,
    headers: {
      cookie,
      'latchkey-account': 'operator',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const code = isProblem ? Object(await response.json()).code : undefined;
  if (!isProblem) await response.body?.cancel();
  return { status: response.status, code, cookies: response.headers.getSetCookie() };
}

test.each(Object.entries(FOREIGN))('no call with the cookie succeeds: %s', async (_what, make) => {
  const browser = await ready();
  const headers = typeof make === 'function' ? make(first.server.url) : make;
  const before = await first.server.auditLength();
  const passed: string[] = [];
  for (const operation of [...closed, ...session]) {
    const { status, code, cookies } = await ask(browser, operation, headers);
    if (status !== 403 || code !== 'cross_site_request' || cookies.length > 0) {
      passed.push(`${operation.id}: ${status} ${code}`);
    }
  }
  // Verifiers come with tokens, and no cookie is looked at.
  expect(passed.filter((line) => !/: 401 no_token$/.test(line))).toEqual([]);
  expect(passed.length).toBeLessThan(6);
  expect(await first.server.auditLength()).toBe(before);
  expect((await browser.call('GET', '/v1/session')).json.person).toMatchObject({ name: 'Ada' });
});

test('the same calls from a page of the server are all let in as far as that', async () => {
  const refused: string[] = [];
  const changing = [...closed, ...session].filter(({ method }) => method !== 'GET');
  expect(changing.length).toBeGreaterThan(25);
  for (const operation of changing) {
    for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: first.server.url }]) {
      const { code } = await ask(await signedIn(), operation, headers);
      if (code === 'cross_site_request') refused.push(operation.id);
    }
  }
  expect(refused).toEqual([]);
});

async function signedIn(): Promise<TestBrowser> {
  const browser = openBrowser(first.server.url);
  await browser.call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  return browser;
}
