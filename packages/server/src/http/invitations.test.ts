import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from './testing/browser.ts';
import { PASSWORD } from './testing/first-person.ts';
import { tokenIn } from './testing/mailbox.ts';
import { prove, type Staff, type StaffMember, startStaff } from './testing/staff.ts';

let staff: Staff;
let owner: StaffMember;

beforeAll(async () => {
  staff = await startStaff();
  owner = await staff.join('owner', 'acme');
});
afterAll(() => staff.close());

async function ask(browser: TestBrowser, method: string, path: string, body?: unknown) {
  await prove(browser, 'members');
  const { status, json } = await browser.call(method, path, body);
  return { status, code: json.code, json };
}

/** Answers the token of the link in the mail. */
async function invite(by: TestBrowser, email: string, role: string, account?: string): Promise<string> {
  const invited = await ask(by, 'POST', '/v1/invitations', { email, role, ...(account && { account }) });
  expect(invited.status).toBe(201);
  return tokenIn(await staff.invitationFor(email));
}

async function accept(token: string) {
  const browser = openBrowser(staff.server.url);
  const body = { token, name: 'Eve', password: PASSWORD };
  const { status, json } = await browser.call('POST', '/v1/invitations/accept', body);
  return { status, code: json.code };
}

const waiting = async () => {
  const { json } = await owner.browser.call('GET', '/v1/invitations');
  return (Object(json).items as { email: string }[]).map(({ email }) => email);
};

const GONE = { status: 404, code: 'link_invalid' };

describe('whoever may not give a role any more', () => {
  test('does not come back by an invitation sent before being removed, which the audit log shows taken back', async () => {
    const admin = await staff.join('admin', 'acme');
    const token = await invite(admin.browser, 'second-address@example.com', 'admin');
    const kept = await invite(owner.browser, 'of-the-owner@example.com', 'admin');
    expect((await ask(owner.browser, 'DELETE', `/v1/members/${admin.person}`)).status).toBe(204);
    const { items } = await staff.server.operatorClient.native.audit({ account: 'acme', limit: 2 });
    expect(items.map(({ action }) => action).sort()).toEqual(['invitation.revoke', 'member.remove']);
    expect(await waiting()).toEqual(['of-the-owner@example.com']);
    expect(await accept(token)).toEqual(GONE);
    expect(await accept(kept)).toMatchObject({ status: 201 });
  });

  test('invites nobody any more by what was sent before another role was given, but for roles still in reach', async () => {
    const second = await staff.join('owner', 'acme');
    const above = await invite(second.browser, 'above@example.com', 'owner');
    const within = await invite(second.browser, 'within@example.com', 'viewer');
    const path = `/v1/members/${second.person}`;
    expect((await ask(owner.browser, 'PATCH', path, { role: 'admin' })).status).toBe(200);
    expect(await waiting()).toEqual(['within@example.com']);
    expect(await accept(above)).toEqual(GONE);
    expect(await accept(within)).toMatchObject({ status: 201 });
    const last = await invite(second.browser, 'last@example.com', 'viewer');
    expect((await ask(second.browser, 'DELETE', path)).status).toBe(204);
    expect(await accept(last)).toEqual(GONE);
  });

  test("invites nobody into another account once out of the operator's", async () => {
    const operator = await staff.join('admin', 'operator');
    const early = await invite(operator.browser, 'early@example.com', 'admin', 'rival');
    expect(await accept(early)).toMatchObject({ status: 201 });
    const late = await invite(operator.browser, 'late@example.com', 'admin', 'rival');
    expect((await ask(staff.ada, 'DELETE', `/v1/members/${operator.person}`)).status).toBe(204);
    expect(await accept(late)).toEqual(GONE);
  });
});

test('an invitation is replaced only by who could have taken it back', async () => {
  const admin = await staff.join('admin', 'acme');
  const email = 'heir@example.com';
  const token = await invite(owner.browser, email, 'owner');
  const refused = await ask(admin.browser, 'POST', '/v1/invitations', { email, role: 'viewer' });
  expect(refused).toMatchObject({ status: 403, code: 'role_out_of_reach' });
  expect(await waiting()).toContain(email);
  expect(await accept(token)).toMatchObject({ status: 201 });
});

test('no address of a call holds the token of a link', async () => {
  const token = await invite(owner.browser, 'careful@example.com', 'viewer');
  const browser = openBrowser(staff.server.url);
  const looked = await browser.call('POST', '/v1/invitations/look', { token });
  expect(looked).toMatchObject({ status: 200, json: { account: 'acme', email: 'careful@example.com' } });
  for (const [method, path] of [
    ['GET', `/v1/invitations/${token}`],
    ['POST', `/v1/invitations/${token}/accept`],
  ] as const) {
    const answer = await browser.call(method, path, method === 'POST' ? {} : undefined);
    expect([404, 405]).toContain(answer.status);
    expect(JSON.stringify(answer.json)).not.toContain('careful@');
  }
  expect(await accept(token)).toMatchObject({ status: 201 });
});

test('mails to one address are paced, whichever account invites, and the refusal says how long to wait', async () => {
  const rival = await staff.join('owner', 'rival');
  const body = { email: 'often@example.com', role: 'viewer' };
  const invited = async (by: TestBrowser) => {
    await prove(by, 'members');
    return by.call('POST', '/v1/invitations', body);
  };
  for (const by of [owner.browser, rival.browser, owner.browser]) {
    expect((await invited(by)).status).toBe(201);
  }
  const length = await staff.server.auditLength();
  const refused = await invited(rival.browser);
  const { status, headers, json } = refused;
  expect({ status, code: json.code, field: json.field }).toEqual({
    status: 429,
    code: 'mail_delayed',
    field: 'email',
  });
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(json.detail).toBe(
    `Mails were sent to this address already. The next one is possible in ${seconds} s.`,
  );
  expect(await staff.server.auditLength()).toBe(length);
  expect((await invited(owner.browser)).status).toBe(429);
  const other = { email: 'seldom@example.com', role: 'viewer' };
  expect((await owner.browser.call('POST', '/v1/invitations', other)).status).toBe(201);
});
