import { ROLES, type Role, STEP_UP_CLASSES } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nativeEndpoints } from './endpoints.ts';
import type { TestBrowser } from './testing/browser.ts';
import { prove, type Staff, startStaff } from './testing/staff.ts';

const KINDS = ['operator', 'acme'] as const;
type Account = (typeof KINDS)[number];

/** What each endpoint is to members; a new one has to be put in here. */
const READING = [
  'listNativeTokens',
  'getNativeToken',
  'getTokenReceipt',
  'getRotation',
  'checkUrls',
  'getUsage',
  'listTokenUsers',
  'listAudit',
  'explain',
  'listMembers',
];
const WRITING = [
  'createNativeToken',
  'updateNativeToken',
  'revokeNativeToken',
  'revokeTokens',
  'rotateToken',
  'changeRotation',
  'undoRotation',
];
const MANAGING = ['changeMember', 'removeMember', 'invite', 'listInvitations', 'takeBackInvitation'];
const OPERATING = [
  'createAccount',
  'listAccounts',
  'getAccount',
  'suspendAccount',
  'resumeAccount',
  'listVerifiers',
  'getReceipt',
  'getMetrics',
];
const OPEN = ['listServices', 'listScopeCatalogue'];

function declared(operationId: string, role: Role, account: Account): 'passes' | 'refused' {
  const may = (roles: readonly Role[]) => (roles.includes(role) ? 'passes' : 'refused');
  if (OPEN.includes(operationId) || READING.includes(operationId)) return 'passes';
  if (WRITING.includes(operationId)) return may(['owner', 'admin', 'developer']);
  if (MANAGING.includes(operationId)) return may(['owner', 'admin']);
  return account === 'operator' ? may(['owner', 'admin']) : 'refused';
}

let staff: Staff;
const browsers = new Map<string, TestBrowser>();
/** A member of each account that acts on members are tried on. */
const spares = new Map<Account, string>();

beforeAll(async () => {
  const now = Date.UTC(2026, 10, 24, 9);
  staff = await startStaff({ now: () => now });
  for (const account of KINDS) {
    for (const role of ROLES) {
      const { browser } = await staff.join(role, account);
      // What is refused here is refused for the role alone.
      for (const one of STEP_UP_CLASSES) await prove(browser, one);
      browsers.set(`${role} ${account}`, browser);
    }
    spares.set(account, (await staff.join('viewer', account)).person);
  }
}, 60_000);
afterAll(() => staff.close());

const endpoints = nativeEndpoints.map(({ method, path, operationId }) => ({
  method: method.toUpperCase(),
  path,
  operationId,
}));

let names = 0;
async function filled(path: string, operationId: string, account: Account) {
  const token = account === 'operator' ? staff.server.operator : staff.server.acme.token;
  const as = (method: string, at: string, body?: unknown) => staff.server.callAs(token, method, at, body);
  const { json } = await as('POST', '/v1/tokens', { scopes: ['styles:write'], allowedUrls: ['a.example'] });
  const id = String(json?.id);
  if (/\/rotation$/.test(path)) await as('POST', `/v1/tokens/${id}/rotate`, {});
  names += 1;
  const isLeaving = operationId === 'removeMember';
  const person = isLeaving ? (await staff.join('viewer', account)).person : (spares.get(account) ?? '');
  const email = `invited-${names}@example.com`;
  const owner = browsers.get(`owner ${account}`);
  const invited =
    operationId === 'takeBackInvitation'
      ? await owner?.call('POST', '/v1/invitations', { email, role: 'viewer' })
      : undefined;
  const bodies: Readonly<Record<string, unknown>> = {
    createAccount: { name: `made-${names}` },
    createNativeToken: { scopes: ['styles:write'] },
    updateNativeToken: { allowedUrls: null },
    revokeTokens: { ids: [id] },
    checkUrls: { entries: ['a.example'] },
    rotateToken: {},
    changeRotation: { grace: '20d' },
    explain: { token: id, request: { url: '/' } },
    changeMember: { role: names % 2 === 0 ? 'viewer' : 'developer' },
    invite: { email, role: 'viewer' },
  };
  return {
    path: path
      .replace('{id}', id)
      .replace('{name}', 'rival')
      .replace('{revision}', '1')
      .replace('{person}', person)
      .replace('{invitation}', String(invited?.json.id)),
    body: bodies[operationId],
  };
}

test('every endpoint is said to be something to members', () => {
  const all = [...READING, ...WRITING, ...MANAGING, ...OPERATING, ...OPEN].sort();
  expect(endpoints.map(({ operationId }) => operationId).sort()).toEqual(all);
});

describe.each(endpoints)('$method $path', ({ method, path, operationId }) => {
  const callers = KINDS.flatMap((account) => ROLES.map((role) => ({ role, account })));
  test.each(callers)('the $role of $account gets what the role has', async ({ role, account }) => {
    const call = await filled(path, operationId, account);
    const length = await staff.server.auditLength();
    const answer = await browsers.get(`${role} ${account}`)?.call(method, call.path, call.body);
    const { status = 0, json } = answer ?? {};
    expect(status < 300 ? 'passes' : 'refused', JSON.stringify(json)).toBe(
      declared(operationId, role, account),
    );
    if (status < 300) return;
    expect(status).toBe(403);
    expect(['insufficient_scope', 'role_out_of_reach']).toContain(json?.code);
    expect(await staff.server.auditLength()).toBe(length);
  });
});
