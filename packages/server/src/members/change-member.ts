import type { Role } from '@latchkey/core';
import { callerContext } from '../audit/audit-entry.ts';
import { outgrownInvitations } from '../people/may-still-invite.ts';
import { memberEntry } from '../people/member-entry.ts';
import type { MemberRow, PersonId, PersonRow } from '../store/people-rows.ts';
import type { PeopleStore } from '../store/people-store.ts';
import type { MemberCaller } from '../tokens/caller.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentMember } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';
import { dropInvitations } from './invitation-entry.ts';
import { memberNotFound, refuseLastOwner, refuseRole } from './manage-members.ts';

export interface ManageDeps extends Pick<Deps, 'now'> {
  readonly store: Deps['store'] & Pick<PeopleStore, 'person'>;
}

export interface AccountMember {
  readonly member: MemberRow;
  readonly person: PersonRow;
}

/**
 * Gives a member another role. Needs the right to take the present one away and to give the new one, and the step-up
 * `members`. The last owner stays that. Waiting invitations
 * that the member sent and could not send with the new role are taken back.
 */
export async function changeMember(
  deps: ManageDeps,
  caller: MemberCaller,
  { person: id, role }: { readonly person: string; readonly role: Role },
): Promise<Outcome<AccountMember>> {
  const person = await findPerson(deps, id);
  return changeOutcome<AccountMember>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentMember(changes, caller);
    if (!current.ok) return current;
    const before = person && (await changes.member(current.value.account.name, person.id));
    if (person === undefined || before === undefined) return memberNotFound();
    const refusal =
      refuseRole(current.value, before.role) ??
      refuseRole(current.value, role) ??
      (role === 'owner' ? undefined : await refuseLastOwner(changes, before)) ??
      refuseWithoutStepUp(current.value, 'members', at);
    if (refusal !== undefined) return refusal;
    if (before.role === role) return done({ member: before, person });
    const member: MemberRow = { ...before, role, modifiedAt: at };
    const context = callerContext(current.value, at);
    const outgrown = await outgrownInvitations(changes, person.id, before, member);
    changes.putMember(member);
    changes.audit(memberEntry(context, 'member.change', before, member, person));
    dropInvitations(changes, context, outgrown);
    return done({ member, person });
  });
}

/**
 * Ends a membership; the tokens that the person made stay, because they are the account's. Needs the right to take the role
 * away, save for leaving oneself, and the step-up `members`. The last owner stays. Waiting invitations that the person could not
 * send any more are taken back.
 */
export async function removeMember(
  deps: ManageDeps,
  caller: MemberCaller,
  { person: id }: { readonly person: string },
): Promise<Outcome<null>> {
  const person = await findPerson(deps, id);
  return changeOutcome<null>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentMember(changes, caller);
    if (!current.ok) return current;
    const before = person && (await changes.member(current.value.account.name, person.id));
    if (person === undefined || before === undefined) return memberNotFound();
    const refusal =
      (person.id === caller.person.id ? undefined : refuseRole(current.value, before.role)) ??
      (await refuseLastOwner(changes, before)) ??
      refuseWithoutStepUp(current.value, 'members', at);
    if (refusal !== undefined) return refusal;
    const context = callerContext(current.value, at);
    const outgrown = await outgrownInvitations(changes, person.id, before, undefined);
    changes.dropMember(before.account, before.person);
    changes.audit(memberEntry(context, 'member.remove', before, null, person));
    dropInvitations(changes, context, outgrown);
    return done(null);
  });
}

/** What a path names may be any text; a person is found by the exact id or not at all. */
function findPerson({ store }: ManageDeps, id: string): Promise<PersonRow | undefined> {
  return store.person(id as PersonId);
}
