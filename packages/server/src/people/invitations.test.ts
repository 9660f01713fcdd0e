import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { accountName, accountRow, storeAccount } from '../store/testing/sample-rows.ts';
import { addPerson } from './add-person.ts';
import type { PeopleDeps } from './deps.ts';
import { acceptInvitation, draftInvitation, readInvitation } from './invitations.ts';
import { INVITATION_MS } from './link-life.ts';
import { createLetters, type Letter } from './mail/letters.ts';
import { openPeople } from './open-people.ts';
import type { PeopleOutcome } from './refusal.ts';
import { openSession } from './sessions.ts';

const ACME = accountName('acme');
const PASSWORD = 'violet harbour 27 lanterns';

let folder: string;
let store: Store;
let people: PeopleDeps;
let now: number;
const letters: Letter[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-invite-'));
  now = 1_000_000;
  letters.length = 0;
  store = await openSqliteStore({ folder, now: () => now });
  await storeAccount(store, accountRow(ACME));
  const keyed = await openPeople({ store, now: () => now, randomBytes, keyFile: join(folder, 'key') });
  const send = (letter: Letter) => void letters.push(letter);
  people = { ...keyed, letters: createLetters(send, () => 'https://tokens.example.com') };
  const owner = { account: 'acme', role: 'owner' } as const;
  const sender = { email: 'sender@example.com', name: 'Sender', password: PASSWORD };
  madeOf(await addPerson(people, { ...sender, memberships: [owner] }));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function invite(email: string): Promise<string> {
  const sender = await store.personByEmail('sender@example.com');
  const invitedBy = sender?.id ?? null;
  const drafted = draftInvitation(people, { account: ACME, email, role: 'developer', invitedBy });
  const { row, token } = madeOf(drafted);
  await store.change(async (changes) => changes.putInvitation(row));
  people.letters.invitation(
    { email: row.email, account: ACME, role: row.role, inviter: 'Ada', language: 'zh' },
    token,
  );
  return token;
}

function madeOf<T>(outcome: PeopleOutcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.detail);
  return outcome.value;
}

const codeOf = (outcome: PeopleOutcome<unknown>) => (outcome.ok ? 'done' : outcome.refusal.code);

test('a new person accepts with name and password, once, and has shown the address by that', async () => {
  const token = await invite(' Eve@Example.com');
  expect(letters[0]?.to).toBe('eve@example.com');
  expect(letters[0]?.text).toContain(`https://tokens.example.com/dashboard/invitation#${token}`);
  const read = madeOf(await readInvitation(people, token));
  expect([read.row.email, read.row.role, read.isKnownPerson]).toEqual([
    'eve@example.com',
    'developer',
    false,
  ]);
  const weak = await acceptInvitation(people, token, undefined, {
    name: 'Eve',
    password: 'x',
    requestId: 'r',
  });
  expect(codeOf(weak)).toBe('password_refused');
  const input = { name: 'Eve', password: PASSWORD, requestId: 'r' };
  const person = madeOf(await acceptInvitation(people, token, undefined, input));
  expect(person).toMatchObject({ email: 'eve@example.com', emailVerifiedAt: now });
  expect((await store.member(ACME, person.id))?.role).toBe('developer');
  expect(codeOf(await acceptInvitation(people, token, undefined, input))).toBe('link_invalid');
  const [entry] = await store.auditRows({
    account: ACME,
    subject: person.id,
    action: null,
    before: null,
    limit: 9,
  });
  expect(entry).toMatchObject({ action: 'member.add', actor: { kind: 'member', person: person.id } });
});

test('of several who accept at once one becomes the person', async () => {
  const token = await invite('eve@example.com');
  const input = { name: 'Eve', password: PASSWORD, requestId: 'r' };
  const accept = () => acceptInvitation(people, token, undefined, input);
  const outcomes = await Promise.all([accept(), accept(), accept()]);
  expect(outcomes.map(codeOf).sort()).toEqual(['done', 'link_invalid', 'link_invalid']);
});

test('a known person accepts when signed in, nobody else in their place, and a role that is there stays', async () => {
  const ada = { email: 'ada@example.com', name: 'Ada', password: PASSWORD };
  const member = { account: 'acme', role: 'owner' } as const;
  const person = madeOf(await addPerson(people, { ...ada, memberships: [member] }));
  const other = madeOf(await addPerson(people, { ...ada, email: 'bob@example.com', memberships: [] }));
  const token = await invite('ada@example.com');
  const input = { name: 'Eve', password: PASSWORD, requestId: 'r' };
  expect(codeOf(await acceptInvitation(people, token, undefined, input))).toBe('not_signed_in');
  const foreign = await openSession(people, other, 'signed_in', null);
  expect(codeOf(await acceptInvitation(people, token, foreign, input))).toBe('invitation_for_another');
  const own = await openSession(people, person, 'signed_in', null);
  expect(codeOf(await acceptInvitation(people, token, own, input))).toBe('done');
  expect((await store.member(ACME, person.id))?.role).toBe('owner');
});

test('an invitation is over after a week', async () => {
  const token = await invite('eve@example.com');
  now += INVITATION_MS;
  expect(codeOf(await readInvitation(people, token))).toBe('link_invalid');
});
