import type { InvitationRow } from '../store/people-rows.ts';
import type { PeopleStore } from '../store/people-store.ts';
import type { MemberCaller } from '../tokens/caller.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';
import type { AccountMember } from './change-member.ts';
import { refuseMere } from './manage-members.ts';

/** Everybody of the caller's account, by name. Any member may know. */
export async function listMembers(
  { store }: { readonly store: Pick<PeopleStore, 'membersOf'> },
  caller: MemberCaller,
): Promise<readonly AccountMember[]> {
  return store.membersOf(caller.account.name);
}

/** Invitations that wait, the newest first, for whoever manages members. */
export async function listInvitations(
  { store, now }: { readonly store: Pick<PeopleStore, 'invitationsOf'>; readonly now: () => number },
  caller: MemberCaller,
): Promise<Outcome<readonly InvitationRow[]>> {
  return refuseMere(caller) ?? done(await store.invitationsOf(caller.account.name, now()));
}
