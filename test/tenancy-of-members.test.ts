import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestBrowser } from '../packages/server/src/http/testing/browser.ts';
import {
  prove,
  type Staff,
  type StaffMember,
  startStaff,
} from '../packages/server/src/http/testing/staff.ts';
import {
  fillPath,
  type Operation,
  readOperations,
  readSessionOperations,
  validBody,
} from './testing/operations.ts';

const RANDOM = {
  id: 'c0123456789abcdefghijklmn',
  person: 'p0123456789abcdefghij',
  invitation: 'i0123456789abcdefghij',
  session: 's0123456789abcdefghij',
};

let staff: Staff;
let owner: StaffMember;
let operations: readonly Operation[];
/** What belongs to the other account, or to somebody else. */
let theirs: typeof RANDOM;

beforeAll(async () => {
  const now = Date.UTC(2026, 10, 24, 9);
  staff = await startStaff({ now: () => now });
  owner = await staff.join('owner', 'acme');
  const rival = await staff.join('owner', 'rival');
  for (const one of ['secrets', 'widening', 'bulk', 'members', 'security'] as const) {
    await prove(owner.browser, one);
  }
  await prove(rival.browser, 'members');
  const body = { email: 'somebody@example.com', role: 'viewer' };
  const invited = await rival.browser.call('POST', '/v1/invitations', body);
  const sessions = await rival.browser.call('GET', '/v1/sessions');
  theirs = {
    id: staff.server.rival.tokenId,
    person: rival.person,
    invitation: String(invited.json.id),
    session: String(Object(sessions.json).items[0].id),
  };
  const { url } = staff.server;
  operations = [...(await readOperations(url)), ...(await readSessionOperations(url))].filter(({ path }) =>
    path.startsWith('/v1/'),
  );
});
afterAll(() => staff.close());

const BODIES: Readonly<Record<string, unknown>> = {
  changeMember: { role: 'viewer' },
  lookAtInvitation: { token: 'A'.repeat(43) },
  acceptInvitation: { token: 'A'.repeat(43) },
};

/** All that a caller can see, without what is random. */
async function seen(
  browser: TestBrowser,
  operation: Operation,
  values: typeof RANDOM,
  headers?: Readonly<Record<string, string>>,
) {
  const id = /^\/v1\/sessions\//.test(operation.path) ? values.session : values.id;
  const path = fillPath(operation, { ...values, id, name: 'nobody-here', revision: '1' });
  const body = Object.hasOwn(BODIES, operation.id) ? BODIES[operation.id] : validBody(operation, 'x');
  const answer = await browser.call(operation.method, path, body, headers);
  const kept = Object.fromEntries(answer.headers);
  delete kept['x-request-id'];
  delete kept['date'];
  let text = JSON.stringify({ ...answer.json, requestId: '-' });
  for (const value of Object.values(values)) text = text.replaceAll(value, '<it>');
  return { status: answer.status, text, headers: kept };
}

test("every route answers a member to another account's things as to random ones", async () => {
  const routes = operations.filter(({ path }) => /\{(id|person|invitation)\}/.test(path));
  expect(routes.length).toBeGreaterThan(12);
  const before = await staff.server.auditLength();
  for (const operation of routes) {
    const [one, other] = [
      await seen(owner.browser, operation, theirs),
      await seen(owner.browser, operation, RANDOM),
    ];
    expect(one, operation.id).toEqual(other);
    expect(one.status, operation.id).toBe(404);
  }
  expect(await staff.server.auditLength()).toBe(before);
});

test('the comparison notices: what is of the own account answers otherwise', async () => {
  const spare = await staff.join('viewer', 'acme');
  const made = await owner.browser.call('POST', '/v1/tokens', { scopes: ['styles:write'] });
  const own = { ...RANDOM, id: String(made.json.id), person: spare.person };
  for (const operation of operations.filter(({ id }) => ['getNativeToken', 'changeMember'].includes(id))) {
    const real = await seen(owner.browser, operation, own);
    expect(real.status, operation.id).toBe(200);
    expect(real).not.toEqual(await seen(owner.browser, operation, RANDOM));
  }
});

test("every route answers to another account's name in Latchkey-Account as to a random one", async () => {
  const before = await staff.server.auditLength();
  let refused = 0;
  const routes = operations.filter(({ id }) => id !== 'signOut' && id !== 'endOtherSessions');
  for (const operation of routes.filter(({ path }) => !path.includes('/feed'))) {
    const [one, other] = [
      await seen(owner.browser, operation, RANDOM, { 'latchkey-account': 'rival' }).catch(String),
      await seen(owner.browser, operation, RANDOM, { 'latchkey-account': 'no-such-account' }).catch(String),
    ];
    expect(one, operation.id).toEqual(other);
    if (typeof one === 'object' && one.text.includes('account_not_found')) refused += 1;
  }
  expect(refused).toBeGreaterThan(20);
  expect(await staff.server.auditLength()).toBe(before);
});
