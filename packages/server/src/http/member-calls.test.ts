import type { StepUpClass } from '@latchkey/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nativeEndpoints } from './endpoints.ts';
import { openBrowser, type TestBrowser } from './testing/browser.ts';
import { PASSWORD } from './testing/first-person.ts';
import { type Staff, type StaffMember, startStaff, prove as stepUp } from './testing/staff.ts';
import type { TestServer } from './testing/start-test-server.ts';

let staff: Staff;
let server: TestServer;
let now = Date.UTC(2026, 10, 24, 9);
/** An owner of the operator's account, and a browser in which she is signed in. */
let bea: StaffMember;
let ada: TestBrowser;

beforeAll(async () => {
  staff = await startStaff({ now: () => now });
  server = staff.server;
  bea = await staff.join('owner', 'operator');
  ada = bea.browser;
});
afterAll(() => staff.close());
// What was proved for the test before is over.
beforeEach(() => {
  now += 10 * 60_000;
});

async function signIn(): Promise<TestBrowser> {
  const browser = openBrowser(server.url);
  const answer = await browser.call('POST', '/v1/session', { email: bea.email, password: PASSWORD });
  expect(answer.status).toBe(200);
  return browser;
}

const SECRET = { scopes: ['styles:write'] };

/** What each call wants to be proved; a new endpoint has to be put in here. */
const WANTS: Readonly<Record<string, StepUpClass | null>> = {
  createAccount: 'secrets',
  listAccounts: null,
  getAccount: null,
  suspendAccount: null,
  resumeAccount: 'widening',
  createNativeToken: 'secrets',
  listNativeTokens: null,
  getNativeToken: null,
  getTokenReceipt: null,
  updateNativeToken: 'widening',
  revokeNativeToken: null,
  revokeTokens: 'bulk',
  checkUrls: null,
  rotateToken: 'secrets',
  getRotation: null,
  changeRotation: 'widening',
  undoRotation: 'widening',
  listMembers: null,
  changeMember: 'members',
  removeMember: 'members',
  invite: 'members',
  listInvitations: null,
  takeBackInvitation: 'members',
  getUsage: null,
  listTokenUsers: null,
  listAudit: null,
  explain: null,
  listVerifiers: null,
  getReceipt: null,
  getMetrics: null,
};

/** Those that need no caller, and know none. */
const OPEN = ['listServices', 'listScopeCatalogue'];

const closed = nativeEndpoints
  .filter(({ operationId }) => !OPEN.includes(operationId))
  .map(({ method, path, operationId }) => ({ method: method.toUpperCase(), path, operationId }));

let names = 0;

/** Of the first person, so that nothing is proved for the session that is looked at. */
async function invitation(): Promise<string> {
  await stepUp(staff.ada, 'members');
  const body = { email: `spare-${names}@example.com`, role: 'viewer' };
  const { json } = await staff.ada.call('POST', '/v1/invitations', body);
  return String(json.id);
}

/** A call that would pass, on things of its own. */
async function prepared({
  path,
  operationId,
}: (typeof closed)[number]): Promise<{ path: string; body: unknown }> {
  const as = (method: string, at: string, body?: unknown) => server.callAs(server.operator, method, at, body);
  const { json } = await as('POST', '/v1/tokens', { ...SECRET, note: 'spare', allowedUrls: ['a.example'] });
  const id = String(json?.id);
  if (/\/rotation$/.test(path)) await as('POST', `/v1/tokens/${id}/rotate`, {});
  names += 1;
  const name = `spare-${names}`;
  await as('POST', '/v1/accounts', { name });
  if (operationId === 'resumeAccount') await as('POST', `/v1/accounts/${name}/suspend`);
  const bodies: Readonly<Record<string, unknown>> = {
    createAccount: { name: `made-${names}` },
    createNativeToken: SECRET,
    updateNativeToken: { allowedUrls: null },
    revokeTokens: { ids: [id] },
    checkUrls: { entries: ['a.example'] },
    rotateToken: {},
    changeRotation: { grace: '20d' },
    changeMember: { role: 'developer' },
    invite: { email: `invited-${names}@example.com`, role: 'viewer' },
    explain: { token: id, request: { url: '/' } },
  };
  return {
    path: path
      .replace('{invitation}', path.includes('{invitation}') ? await invitation() : '')
      .replace('{person}', path.includes('{person}') ? (await staff.join('viewer', 'operator')).person : '')
      .replace('{id}', id)
      .replace('{name}', name)
      .replace('{revision}', '1'),
    body: bodies[operationId],
  };
}

test('every call is said to want a proof or none', () => {
  expect(Object.keys(WANTS).sort()).toEqual(closed.map(({ operationId }) => operationId).sort());
});

describe.each(closed)('$method $path', (endpoint) => {
  const wants = WANTS[endpoint.operationId] ?? undefined;

  test(`with a session wants ${wants === undefined ? 'no further proof' : `the step-up ${wants}`}`, async () => {
    const { path, body } = await prepared(endpoint);
    if (wants !== undefined) await stepUp(ada, wants === 'secrets' ? 'widening' : 'secrets');
    const length = await server.auditLength();
    const answer = await ada.call(endpoint.method, path, body);
    if (wants === undefined) {
      expect(answer.status, JSON.stringify(answer.json)).toBeLessThan(300);
      return;
    }
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({ code: 'step_up_required', class: wants });
    expect(await server.auditLength()).toBe(length);
    await stepUp(ada, wants);
    const proved = await ada.call(endpoint.method, path, body);
    expect(proved.status, JSON.stringify(proved.json)).toBeLessThan(300);
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
  ])('is refused with a session where it comes from %s', async (_, headers) => {
    const { path, body } = await prepared(endpoint);
    if (wants !== undefined) await stepUp(ada, wants);
    const length = await server.auditLength();
    const answer = await ada.call(endpoint.method, path, body, headers);
    expect(answer.status).toBe(403);
    expect(answer.json.code).toBe('cross_site_request');
    expect(await server.auditLength()).toBe(length);
  });

  test('is refused with a session where nothing tells from which page it comes', async () => {
    const { path, body } = await prepared(endpoint);
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const init = {
      method: endpoint.method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    // Node's fetch tells its mode in Sec-Fetch-Mode, and nothing of a page.
    const { status, json } = await server.call(path, init);
    expect({ status, code: json?.code }).toEqual({ status: 403, code: 'cross_site_request' });
  });
});

describe('a session that calls', () => {
  test('is proved for itself alone, and for ten minutes', async () => {
    const other = await signIn();
    await stepUp(ada, 'secrets');
    expect((await ada.call('POST', '/v1/tokens', SECRET)).status).toBe(201);
    expect((await other.call('POST', '/v1/tokens', SECRET)).json).toMatchObject({ code: 'step_up_required' });
    now += 10 * 60_000 - 1;
    expect((await ada.call('POST', '/v1/tokens', SECRET)).status).toBe(201);
    now += 1;
    expect((await ada.call('POST', '/v1/tokens', SECRET)).json).toMatchObject({ code: 'step_up_required' });
  });

  test('revokes ten tokens one by one, and more only once it has proved it as for many at once', async () => {
    const revoke = async (by: TestBrowser) => {
      const { json } = await server.callAs(server.operator, 'POST', '/v1/tokens', SECRET);
      return by.call('DELETE', `/v1/tokens/${json?.id}`);
    };
    const other = await signIn();
    for (let times = 0; times < 10; times++) expect((await revoke(ada)).status).toBe(204);
    const length = await server.auditLength();
    const refused = await revoke(ada);
    expect({ status: refused.status, ...refused.json }).toMatchObject({
      status: 403,
      code: 'step_up_required',
      class: 'bulk',
      detail: 'Revoking many tokens needs your password or second factor again, within the last 10 minutes.',
    });
    // The token that was to be revoked was made, and nothing else happened.
    expect(await server.auditLength()).toBe(length + 1);
    expect((await revoke(other)).status).toBe(204);
    now += 10 * 60_000 - 1;
    expect((await revoke(ada)).status).toBe(403);
    await stepUp(ada, 'bulk');
    for (let times = 0; times < 11; times++) expect((await revoke(ada)).status).toBe(204);
    now += 10 * 60_000;
    expect((await revoke(ada)).status).toBe(204);
  });

  test('revokes no more than ten of those that it asks for at once', async () => {
    const by = await signIn();
    const made = await Promise.all(
      Array.from({ length: 15 }, () => server.callAs(server.operator, 'POST', '/v1/tokens', SECRET)),
    );
    const answers = await Promise.all(made.map(({ json }) => by.call('DELETE', `/v1/tokens/${json?.id}`)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(10);
  });

  test('is in the audit log as the person', async () => {
    const made = await ada.call('POST', '/v1/tokens', { scopes: ['styles:read'] });
    const { items } = await server.operatorClient.native.audit({ subject: String(made.json.id) });
    expect(items).toMatchObject([
      { action: 'token.create', actor: { kind: 'member', person: bea.person, account: 'operator' } },
    ]);
  });

  test('is judged by its token where it brings one', async () => {
    const authorization = `Bearer ${server.acme.token}`;
    const { json } = await ada.call('GET', '/v1/tokens?usage=pk', undefined, { authorization });
    expect(json.items).toMatchObject([{ account: 'acme' }]);
    const wrong = await ada.call('GET', '/v1/tokens', undefined, { authorization: 'Bearer sk.nonsense' });
    expect(wrong.status).toBe(401);
    const inQuery = await ada.call('GET', `/v1/tokens?usage=pk&access_token=${server.acme.token}`);
    expect(inQuery.json.items).toMatchObject([{ account: 'acme' }]);
  });

  test('is nobody at the Tokens API and at OAuth', async () => {
    expect((await ada.call('GET', '/tokens/v2/operator')).status).toBe(401);
    expect((await ada.call('POST', '/oauth2/introspect')).status).toBe(401);
    expect((await ada.call('GET', '/v1/feed')).status).toBe(401);
  });

  test('names an account that exists for it, or is answered as for a random name', async () => {
    const call = (account: string) =>
      ada.call('GET', '/v1/tokens', undefined, { 'latchkey-account': account });
    expect((await call('operator')).status).toBe(200);
    const [theirs, nobodys] = [await call('acme'), await call('nobody-here')];
    expect(theirs.status).toBe(404);
    const seen = ({ status, json }: typeof theirs) => ({ status, ...json, requestId: '' });
    expect(seen(theirs)).toEqual(seen(nobodys));
  });

  test('is over everywhere once it has ended', async () => {
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await ada.call('DELETE', '/v1/session')).status).toBeLessThan(300);
    const init = { headers: { cookie, 'sec-fetch-site': 'same-origin' } };
    expect((await server.call('/v1/tokens', init)).status).toBe(401);
  });
});
