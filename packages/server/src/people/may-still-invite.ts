import { managesRole, scopesOfRole } from '@latchkey/core';
import type { InvitationRow, MemberRow, PersonId } from '../store/people-rows.ts';
import type { Changes } from '../store/store.ts';

type Reads = Pick<Changes, 'account' | 'memberships'>;

/**
 * Whether whoever sent an invitation could send it now: as a member of its account, or of the operator's with
 * `accounts:write`. What nobody answers for any more lets nobody in.
 * @param memberships of whoever sent it; left out: those that are stored
 */
export async function mayStillInvite(
  changes: Reads,
  { account, role, invitedBy }: Pick<InvitationRow, 'account' | 'role' | 'invitedBy'>,
  memberships?: readonly MemberRow[],
): Promise<boolean> {
  if (invitedBy === null) return false;
  for (const own of memberships ?? (await changes.memberships(invitedBy))) {
    if (!managesRole(own.role, role)) continue;
    if (own.account === account || (await makesAccounts(changes, own))) return true;
  }
  return false;
}

async function makesAccounts(changes: Reads, { account, role }: MemberRow): Promise<boolean> {
  const row = await changes.account(account);
  return row !== undefined && scopesOfRole(role, row.kind).includes('accounts:write');
}

/**
 * What a person has sent that could not be sent with the role that they get.
 * @param after the membership as it will be; undefined: it ends
 */
export async function outgrownInvitations(
  changes: Reads & Pick<Changes, 'invitationsBy'>,
  person: PersonId,
  before: MemberRow,
  after: MemberRow | undefined,
): Promise<readonly InvitationRow[]> {
  const others = (await changes.memberships(person)).filter(({ account }) => account !== before.account);
  const memberships = after === undefined ? others : [...others, after];
  const outgrown: InvitationRow[] = [];
  for (const row of await changes.invitationsBy(person)) {
    if (!(await mayStillInvite(changes, row, memberships))) outgrown.push(row);
  }
  return outgrown;
}
