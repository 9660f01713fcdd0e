import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from './testing/browser.ts';
import { PASSWORD } from './testing/first-person.ts';
import { tokenIn } from './testing/mailbox.ts';
import { prove, type Staff, type StaffMember, startStaff } from './testing/staff.ts';

let staff: Staff;
let now = Date.UTC(2026, 10, 24, 9);
let owner: StaffMember;
let admin: StaffMember;
let developer: StaffMember;
let viewer: StaffMember;

beforeAll(async () => {
  staff = await startStaff({ now: () => now });
  owner = await staff.join('owner', 'acme');
  admin = await staff.join('admin', 'acme');
  developer = await staff.join('developer', 'acme');
  viewer = await staff.join('viewer', 'acme');
});
afterAll(() => staff.close());

async function ask(browser: TestBrowser, method: string, path: string, body?: unknown) {
  const { status, json } = await browser.call(method, path, body);
  return { status, code: json.code, json };
}

async function proved(member: StaffMember): Promise<TestBrowser> {
  await prove(member.browser, 'members');
  return member.browser;
}

const roleOf = async (person: string) => {
  const { json } = await owner.browser.call('GET', '/v1/members');
  const items: readonly { person: string; role: string }[] = Object(json).items;
  return items.find((one) => one.person === person)?.role;
};

describe('invitations', () => {
  test('come by mail, make a member who is in the audit log, and work once', async () => {
    const browser = await proved(admin);
    const email = 'new@example.com';
    const invited = await ask(browser, 'POST', '/v1/invitations', {
      email: 'New@Example.com',
      role: 'developer',
    });
    expect(invited).toMatchObject({ status: 201, json: { account: 'acme', email, role: 'developer' } });
    const mail = await staff.invitationFor(email);
    expect(JSON.stringify(invited.json)).not.toContain(tokenIn(mail));
    const waiting = await ask(browser, 'GET', '/v1/invitations');
    expect(waiting.json.items).toMatchObject([{ id: invited.json.id, invitedBy: admin.person }]);

    const newcomer = openBrowser(staff.server.url);
    const accept = '/v1/invitations/accept';
    const token = tokenIn(mail);
    expect((await newcomer.call('POST', accept, { token, name: 'New', password: PASSWORD })).status).toBe(
      201,
    );
    expect((await newcomer.call('GET', '/v1/tokens')).status).toBe(200);
    expect((await ask(browser, 'GET', '/v1/invitations')).json.items).toEqual([]);
    expect(
      (await openBrowser(staff.server.url).call('POST', accept, { token, name: 'X', password: PASSWORD }))
        .status,
    ).toBe(404);
    const { items } = await staff.server.operatorClient.native.audit({ account: 'acme', limit: 2 });
    expect(items).toMatchObject([
      { action: 'member.add', after: { role: 'developer', email } },
      { action: 'invitation.create', after: { role: 'developer', email }, actor: { person: admin.person } },
    ]);
    const again = await ask(browser, 'POST', '/v1/invitations', { email, role: 'viewer' });
    expect(again).toMatchObject({ status: 409, code: 'member_exists' });
  });

  test('that are taken back or sent anew let nobody in by the link before', async () => {
    const browser = await proved(owner);
    const email = 'twice@example.com';
    const links: string[] = [];
    for (const role of ['viewer', 'developer']) {
      expect((await ask(browser, 'POST', '/v1/invitations', { email, role })).status).toBe(201);
      links.push(tokenIn(await staff.invitationFor(email)));
    }
    const read = (link = '') =>
      ask(openBrowser(staff.server.url), 'POST', '/v1/invitations/look', { token: link });
    expect(await read(links[0])).toMatchObject({ status: 404, code: 'link_invalid' });
    expect((await read(links[1])).json).toMatchObject({ account: 'acme', role: 'developer' });
    const waiting = await ask(browser, 'GET', '/v1/invitations');
    const [{ id }] = Object(waiting.json).items;
    expect((await ask(browser, 'DELETE', `/v1/invitations/${id}`)).status).toBe(204);
    expect(await read(links[1])).toMatchObject({ status: 404 });
    const gone = await ask(browser, 'DELETE', `/v1/invitations/${id}`);
    expect(gone).toMatchObject({ status: 404, code: 'invitation_not_found' });
  });

  test('to another account are sent by the operator alone', async () => {
    const body = { email: 'other@example.com', role: 'viewer' };
    const browser = await proved(owner);
    for (const account of ['rival', 'operator', 'nobody-here']) {
      const refused = await ask(browser, 'POST', '/v1/invitations', { ...body, account });
      expect(refused).toMatchObject({ status: 404, code: 'account_not_found' });
    }
    await prove(staff.ada, 'members');
    expect((await ask(staff.ada, 'POST', '/v1/invitations', { ...body, account: 'rival' })).status).toBe(201);
    const unknown = await ask(staff.ada, 'POST', '/v1/invitations', { ...body, account: 'nobody-here' });
    expect(unknown).toMatchObject({ status: 404, code: 'account_not_found' });
  });

  test('want the step-up members, an address, and a role within reach', async () => {
    const body = { email: 'later@example.com', role: 'viewer' };
    now += 11 * 60_000;
    const unproved = await ask(owner.browser, 'POST', '/v1/invitations', body);
    expect(unproved).toMatchObject({ status: 403, code: 'step_up_required', json: { class: 'members' } });
    const wrong = await ask(await proved(owner), 'POST', '/v1/invitations', { ...body, email: 'no address' });
    expect(wrong).toMatchObject({ status: 422, code: 'email_invalid' });
    const above = await ask(await proved(admin), 'POST', '/v1/invitations', { ...body, role: 'owner' });
    expect(above).toMatchObject({ status: 403, code: 'role_out_of_reach' });
    expect(above.json.detail).toBe(
      'The role admin neither gives nor takes away the role owner; these do: owner.',
    );
    for (const mere of [developer, viewer]) {
      expect(await ask(await proved(mere), 'POST', '/v1/invitations', body)).toMatchObject({
        code: 'role_out_of_reach',
      });
      expect(await ask(mere.browser, 'GET', '/v1/invitations')).toMatchObject({ code: 'role_out_of_reach' });
    }
  });
});

describe('members', () => {
  test('are known to every member, each with role and address', async () => {
    const { json } = await viewer.browser.call('GET', '/v1/members');
    expect(Object(json).items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ person: owner.person, role: 'owner', email: owner.email, you: false }),
        expect.objectContaining({ person: viewer.person, role: 'viewer', you: true, secondFactor: false }),
      ]),
    );
  });

  test('change role by whoever has it in reach, at once and with an audit row', async () => {
    const spare = await staff.join('viewer', 'acme');
    const change = async (by: StaffMember, role: string, person = spare.person) =>
      ask(await proved(by), 'PATCH', `/v1/members/${person}`, { role });
    expect(await change(admin, 'developer')).toMatchObject({ status: 200, json: { role: 'developer' } });
    expect((await spare.browser.call('POST', '/v1/tokens', { scopes: ['styles:read'] })).status).toBe(201);
    expect(await change(admin, 'owner')).toMatchObject({ status: 403, code: 'role_out_of_reach' });
    expect(await change(admin, 'viewer', owner.person)).toMatchObject({ code: 'role_out_of_reach' });
    expect(await change(developer, 'viewer')).toMatchObject({ code: 'role_out_of_reach' });
    expect(await change(developer, 'owner', developer.person)).toMatchObject({ code: 'role_out_of_reach' });
    expect(await change(admin, 'viewer')).toMatchObject({ status: 200 });
    const refused = await spare.browser.call('POST', '/v1/tokens', { scopes: ['styles:read'] });
    expect([refused.status, refused.json.code]).toEqual([403, 'insufficient_scope']);
    const { items } = await staff.server.operatorClient.native.audit({ subject: spare.person, limit: 1 });
    expect(items).toMatchObject([
      {
        action: 'member.change',
        before: { role: 'developer' },
        after: { role: 'viewer' },
        actor: { person: admin.person },
      },
    ]);
  });

  test('are removed with their rights, not with their tokens, and may leave by themselves', async () => {
    const spare = await staff.join('developer', 'acme');
    const made = await spare.browser.call('POST', '/v1/tokens', { scopes: ['styles:read'] });
    const remove = async (by: StaffMember, person: string) =>
      ask(await proved(by), 'DELETE', `/v1/members/${person}`);
    expect(await remove(developer, spare.person)).toMatchObject({ code: 'role_out_of_reach' });
    expect(await remove(admin, owner.person)).toMatchObject({ code: 'role_out_of_reach' });
    expect(await remove(admin, spare.person)).toMatchObject({ status: 204 });
    expect((await spare.browser.call('GET', '/v1/tokens')).status).toBe(404);
    const kept = await owner.browser.call('GET', `/v1/tokens/${String(made.json.id)}`);
    expect(kept.json.status).toBe('active');
    const leaver = await staff.join('viewer', 'acme');
    expect(await remove(leaver, leaver.person)).toMatchObject({ status: 204 });
    expect(await roleOf(leaver.person)).toBeUndefined();
  });

  test('never leave an account without an owner, not even two who go at the same moment', async () => {
    const refused = { status: 409, code: 'last_owner' };
    const own = `/v1/members/${owner.person}`;
    expect(await ask(await proved(owner), 'DELETE', own)).toMatchObject(refused);
    expect(await ask(owner.browser, 'PATCH', own, { role: 'admin' })).toMatchObject(refused);
    expect(await roleOf(owner.person)).toBe('owner');

    const second = await staff.join('owner', 'acme');
    await proved(second);
    const answers = await Promise.all([
      ask(owner.browser, 'PATCH', own, { role: 'admin' }),
      ask(second.browser, 'DELETE', `/v1/members/${second.person}`),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(1);
    const { json } = await viewer.browser.call('GET', '/v1/members');
    const owners = (Object(json).items as { role: string }[]).filter(({ role }) => role === 'owner');
    expect(owners).toHaveLength(1);
  });

  test("of another account are nobody's business: they are answered like a random id", async () => {
    const stranger = await staff.join('viewer', 'rival');
    const browser = await proved(admin);
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { role: 'viewer' } : undefined;
      const seen = async (person: string) => {
        const { status, json } = await browser.call(method, `/v1/members/${person}`, body);
        return { status, ...json, requestId: '' };
      };
      const [theirs, nobodys] = [await seen(stranger.person), await seen('p0000000000000000000')];
      expect(theirs).toEqual(nobodys);
      expect(theirs).toMatchObject({ status: 404, code: 'member_not_found' });
    }
  });

  test('are not managed by tokens, whatever these hold', async () => {
    for (const [method, path, body] of [
      ['GET', '/v1/members', undefined],
      ['GET', '/v1/invitations', undefined],
      ['POST', '/v1/invitations', { email: 'x@example.com', role: 'owner' }],
    ] as const) {
      const { status, json } = await staff.server.callAs(staff.server.operator, method, path, body);
      expect({ status, code: json?.code }).toEqual({ status: 403, code: 'member_only' });
    }
  });
});
