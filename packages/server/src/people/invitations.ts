import type { AccountName, Role } from '@latchkey/core';
import type { AuditContext } from '../audit/audit-entry.ts';
import type { InvitationRow, MemberRow, PersonId, PersonRow } from '../store/people-rows.ts';
import type { Changes } from '../store/store.ts';
import { newCredential, newHandle } from './credential.ts';
import type { PeopleDeps } from './deps.ts';
import { INVITATION_MS } from './link-life.ts';
import { mayStillInvite } from './may-still-invite.ts';
import { memberEntry } from './member-entry.ts';
import { newPerson } from './new-person.ts';
import { readEmail } from './read-person.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';
import type { FoundSession } from './sessions.ts';

/**
 * An invitation as it is to be stored (`Changes.putInvitation`, with an audit entry), and the token for its letter
 * (`Letters.invitation`), which is told nowhere else.
 */
export function draftInvitation(
  deps: Pick<PeopleDeps, 'key' | 'now' | 'randomBytes'>,
  input: {
    readonly account: AccountName;
    readonly email: string;
    readonly role: Role;
    readonly invitedBy: PersonId | null;
  },
): PeopleOutcome<{ readonly row: InvitationRow; readonly token: string }> {
  const email = readEmail(input.email);
  if (!email.ok) return email;
  const token = newCredential(deps);
  const createdAt = deps.now();
  const row: InvitationRow = {
    id: newHandle(deps),
    digest: deps.key.digest('invitation', token),
    account: input.account,
    email: email.value,
    role: input.role,
    invitedBy: input.invitedBy,
    createdAt,
    expiresAt: createdAt + INVITATION_MS,
  };
  return accepted({ row, token });
}

/** What a link invites to, and whether there is a person with the address already. */
export async function readInvitation(
  deps: Pick<PeopleDeps, 'store' | 'key' | 'now'>,
  token: string,
): Promise<PeopleOutcome<{ readonly row: InvitationRow; readonly isKnownPerson: boolean }>> {
  const row = await deps.store.invitationByDigest(deps.key.digest('invitation', token), deps.now());
  if (row === undefined) return declined(UNUSABLE);
  return accepted({ row, isKnownPerson: (await deps.store.personByEmail(row.email)) !== undefined });
}

export interface AcceptInput {
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly requestId: string;
}

/**
 * Makes a member of whoever has the link: the person who is signed in, or a new one, whose address the mail has shown. The
 * invitation is used up. What its sender could not send any more is refused.
 */
export async function acceptInvitation(
  deps: PeopleDeps,
  token: string,
  found: FoundSession | undefined,
  input: AcceptInput,
): Promise<PeopleOutcome<PersonRow>> {
  const read = await readInvitation(deps, token);
  if (!read.ok) return read;
  const { row, isKnownPerson } = read.value;
  if (found !== undefined) {
    const { person } = found;
    if (person.email !== row.email) {
      const detail = 'Another person is signed in than the one who was invited. Sign out first.';
      return declined({ code: 'invitation_for_another', detail });
    }
    return join(deps, row, person, false, input.requestId);
  }
  if (isKnownPerson) {
    return declined({
      code: 'not_signed_in',
      detail: 'Sign in with the address that was invited, then accept.',
    });
  }
  const { name = '', password = '' } = input;
  const made = await newPerson(deps, { email: row.email, name, password }, deps.now());
  return made.ok ? join(deps, row, made.value, true, input.requestId) : made;
}

async function join(
  deps: PeopleDeps,
  invitation: InvitationRow,
  person: PersonRow,
  isNew: boolean,
  requestId: string,
): Promise<PeopleOutcome<PersonRow>> {
  const { account, role } = invitation;
  const { value } = await deps.store.change(async (changes): Promise<PeopleOutcome<PersonRow>> => {
    const at = deps.now();
    const current = await changes.invitation(invitation.id);
    if (current === undefined || current.expiresAt <= at) return declined(UNUSABLE);
    if (!(await mayStillInvite(changes, current))) return declined(UNUSABLE);
    if (isNew && (await changes.personByEmail(person.email)) !== undefined) {
      return declined({
        code: 'email_exists',
        detail: 'There is a person with this address. Sign in first.',
      });
    }
    const actor = { kind: 'member', person: person.id, name: person.name, account } as const;
    changes.dropInvitation(invitation.id);
    if (isNew) changes.putPerson(person);
    await addMember(
      changes,
      { actor, at, requestId },
      { account, role, createdAt: at, modifiedAt: at },
      person,
    );
    return accepted(person);
  });
  return value;
}

/** Whoever is a member already keeps the role that they have: an invitation takes nothing away and adds nothing unseen. */
async function addMember(
  changes: Changes,
  context: AuditContext,
  membership: Omit<MemberRow, 'person'>,
  person: PersonRow,
): Promise<void> {
  if ((await changes.member(membership.account, person.id)) !== undefined) return;
  const member = { ...membership, person: person.id };
  changes.putMember(member);
  changes.audit(memberEntry(context, 'member.add', null, member, person));
}

const UNUSABLE = {
  code: 'link_invalid',
  detail: 'The invitation was accepted, taken back, or is over, or its sender may not invite any more.',
} as const;
