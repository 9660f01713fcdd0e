import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Credentials,
  type DashboardPage,
  type DashboardWorld,
  makeOwner,
  OWNER,
  startDashboard,
} from '../testing/dashboard.ts';
import { newestLink } from '../testing/mails.ts';

const VERA = { email: 'vera@acme.example', name: 'Vera', password: 'quiet orchard 61 pebbles' };
const DAN = { email: 'dan@acme.example', name: 'Dan', password: 'copper meadow 88 windows' };
const RITA = { email: 'rita@rival.example', name: 'Rita', password: 'silver canyon 34 ladders' };

let world: DashboardWorld;
let dataDir: string;
/** Pages of people who stay signed in from one test to the next. */
const open = new Map<string, DashboardPage>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-members-'));
  world = await startDashboard({ environment: { LATCHKEY_DATA_DIR: dataDir } });
  await makeOwner(world.server);
  open.set(OWNER.email, await world.openSignedIn(OWNER, '/a/operator/members'));
});

afterAll(async () => {
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

function pageOf({ email }: Credentials): DashboardPage {
  const page = open.get(email);
  if (page === undefined) throw new Error(`${email} is not signed in yet`);
  return page;
}

/** Answers the dialog that asks for the password again. */
async function confirm({ page }: DashboardPage, { password }: Credentials): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Confirm it is you' });
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
}

/** Makes a login by the link in the mail, as somebody who was invited does. */
async function accept(person: Credentials & { readonly name: string }): Promise<DashboardPage> {
  const link = await newestLink(dataDir, person.email, 'invitation');
  const opened = await world.open(`/invitation#${link.split('#')[1]}`);
  await opened.page.getByLabel('Your name').fill(person.name);
  await opened.page.getByLabel('New password').fill(person.password);
  await opened.page.getByRole('button', { name: 'Create my login and join' }).click();
  open.set(person.email, opened);
  return opened;
}

/** Calls the server from within somebody's page, with the session that the page has. */
function callFrom({ page }: DashboardPage, method: string, path: string, account: string, body?: unknown) {
  return page.evaluate(
    async ([method, path, account, body]) => {
      const answer = await fetch(path ?? '', {
        method: method ?? 'GET',
        headers: { 'latchkey-account': account ?? '', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      });
      return { status: answer.status, text: await answer.text() };
    },
    [method, path, account, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}

test('the owner invites by mail, shows the password again first, and may take an invitation back', async () => {
  const owner = pageOf(OWNER);
  const { page } = owner;
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('dialog').getByLabel('E-mail').fill('typo@acme.example');
  await page.getByRole('dialog').getByLabel('Role').selectOption('Viewer');
  await page.getByRole('button', { name: 'Send the invitation', exact: true }).click();
  await confirm(owner, OWNER);
  await page.getByText('The invitation to typo@acme.example is on its way.').waitFor();
  await page.getByRole('button', { name: 'Withdraw the invitation to typo@acme.example' }).click();
  await page.getByText('No invitation waits.').waitFor();
  for (const [{ email }, role] of [
    [VERA, 'Viewer'],
    [DAN, 'Developer'],
  ] as const) {
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByRole('dialog').getByLabel('E-mail').fill(email);
    await page.getByRole('dialog').getByLabel('Role').selectOption(role);
    await page.getByRole('button', { name: 'Send the invitation', exact: true }).click();
    await page.getByRole('row', { name: new RegExp(`${email} ${role}`) }).waitFor();
  }
  await owner.screenshot('members-owner');
  expect(await owner.violations()).toEqual([]);
  expect(owner.errors).toEqual([]);
});

test('whoever is invited makes a login by the link in the mail and is a member', async () => {
  for (const person of [VERA, DAN]) {
    const { page } = await accept(person);
    await page.waitForURL('**/dashboard/a/operator/**');
    await page.getByRole('button', { name: person.name }).waitFor();
  }
  const { page } = pageOf(OWNER);
  await page.reload();
  await page.getByRole('row', { name: /Vera/ }).waitFor();
  await page.getByText('No invitation waits.').waitFor();
});

test.each([VERA, DAN])(
  '$name is shown nothing that changes members, and the server refuses it too',
  async (person) => {
    const opened = pageOf(person);
    const { page } = opened;
    await page.getByRole('link', { name: 'Members' }).click();
    await page.getByRole('row', { name: /Ada Lovelace/ }).waitFor();
    await page.getByText('Owners and admins invite, change and remove members.').waitFor();
    for (const name of [/^Invite/, /^Remove/, /^Withdraw/])
      expect(await page.getByRole('button', { name }).count(), String(name)).toBe(0);
    expect(await page.getByRole('combobox').count()).toBe(0);
    const members = JSON.parse((await callFrom(opened, 'GET', '/v1/members', 'operator')).text).items;
    const ada = members.find(({ name }: { name: string }) => name === OWNER.name).person;
    const refused = [
      ['POST', '/v1/invitations', { email: 'x@x.example', role: 'viewer' }],
      ['GET', '/v1/invitations', undefined],
      ['PATCH', `/v1/members/${ada}`, { role: 'viewer' }],
      ['DELETE', `/v1/members/${ada}`, undefined],
      ['GET', '/v1/accounts', undefined],
      ['GET', '/v1/verifiers', undefined],
    ] as const;
    for (const [method, path, body] of refused)
      expect((await callFrom(opened, method, path, 'operator', body)).status, `${method} ${path}`).toBe(403);
    expect(await page.getByRole('link', { name: 'Verifiers' }).count()).toBe(0);
    await page.getByRole('region', { name: 'What each role may do', exact: true }).waitFor();
    expect(await opened.violations()).toEqual([]);
  },
);

test('a viewer cannot make a token at the server either, a developer can', async () => {
  const body = { scopes: ['styles:read'], note: 'from the page' };
  expect((await callFrom(pageOf(VERA), 'POST', '/v1/tokens', 'operator', body)).status).toBe(403);
  expect((await callFrom(pageOf(DAN), 'POST', '/v1/tokens', 'operator', body)).status).toBe(201);
});

test('a role is changed and a member removed, which counts at once', async () => {
  const owner = pageOf(OWNER);
  const { page } = owner;
  await page.getByLabel('Role of Vera').selectOption('Admin');
  await page.getByRole('dialog').getByRole('button', { name: 'Change the role' }).click();
  await page.getByText('Vera is now Admin.').waitFor();
  expect((await callFrom(pageOf(VERA), 'GET', '/v1/invitations', 'operator')).status).toBe(200);
  await page.getByRole('button', { name: 'Remove Dan' }).click();
  await page.getByText('The tokens that they made stay.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Dan is no longer a member.').waitFor();
  expect((await callFrom(pageOf(DAN), 'GET', '/v1/tokens', 'operator')).status).toBe(404);
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('button', { name: 'Member removed' }).first().waitFor();
  await page.getByRole('button', { name: 'Role changed' }).first().waitFor();
});

test('the last owner can neither be demoted nor leave', async () => {
  const owner = pageOf(OWNER);
  const { page } = owner;
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('row', { name: /Ada Lovelace/ }).waitFor();
});

test('a member of a second account sees and reaches nothing of the first', async () => {
  const owner = pageOf(OWNER);
  const invited = await callFrom(owner, 'POST', '/v1/invitations', 'operator', {
    email: RITA.email,
    role: 'owner',
    account: 'rival',
  });
  expect(invited.status).toBe(201);
  const { acme } = world.server;
  const rita = await accept(RITA);
  await rita.page.waitForURL('**/dashboard/a/rival/**');
  for (const path of ['tokens', 'audit', 'members', 'settings', `tokens/${acme.tokenId}`]) {
    await rita.page.goto(`${world.server.url}/dashboard/a/acme/${path}`);
    await rita.page.getByText('There is nothing here').waitFor();
  }
  for (const path of [`/v1/tokens/${acme.tokenId}`, `/v1/tokens/${'c'.padEnd(25, '0')}`]) {
    const answer = await callFrom(rita, 'GET', path, 'rival');
    expect(answer.status).toBe(404);
  }
  for (const path of ['/v1/tokens', '/v1/members', '/v1/audit']) {
    const foreign = await callFrom(rita, 'GET', path, 'acme');
    const nowhere = await callFrom(rita, 'GET', path, 'no-such-account');
    expect(foreign.status, path).toBe(404);
    const bare = ({ text }: { text: string }) => text.replace(/"requestId":"[^"]*"/, '');
    expect(bare(foreign)).toBe(bare(nowhere));
  }
  const own = await callFrom(rita, 'GET', '/v1/audit', 'rival');
  expect(own.status).toBe(200);
  expect(own.text).not.toContain('acme');
});

test.each([
  { theme: 'light', language: 'zh' },
  { theme: 'dark', language: 'en', width: 360, height: 740 },
] as const)('the members page is accessible in $theme, $language', async (view) => {
  const opened = await world.openSignedIn(OWNER, '/a/operator/members', view);
  await opened.page.getByText(VERA.email).waitFor();
  await opened.screenshot(`members-${'width' in view ? 'narrow' : 'wide'}`);
  expect(await opened.violations()).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});
