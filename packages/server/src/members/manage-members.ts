import type { Role } from '@latchkey/core';
import { managesRole, ROLE_RIGHTS, ROLES } from '@latchkey/core';
import { hasOwner } from '../people/member-entry.ts';
import type { MemberRow } from '../store/people-rows.ts';
import type { Changes } from '../store/store.ts';
import type { MemberCaller } from '../tokens/caller.ts';
import type { Refused } from '../tokens/outcome.ts';
import { refused } from '../tokens/outcome.ts';

/** Refuses whoever may not give or take away a role. */
export function refuseRole(caller: MemberCaller, role: Role): Refused | undefined {
  if (managesRole(caller.role, role)) return undefined;
  const able = ROLES.filter((one) => managesRole(one, role)).join(', ');
  const detail = `The role ${caller.role} neither gives nor takes away the role ${role}; these do: ${able}.`;
  return refused({ code: 'role_out_of_reach', detail, field: 'role' });
}

/** Refuses whoever manages nobody. */
export function refuseMere(caller: MemberCaller): Refused | undefined {
  if (ROLE_RIGHTS[caller.role].manages.length > 0) return undefined;
  const able = ROLES.filter((one) => ROLE_RIGHTS[one].manages.length > 0).join(', ');
  const detail = `The role ${caller.role} manages no members; these do: ${able}.`;
  return refused({ code: 'role_out_of_reach', detail });
}

/** Refuses to let an account lose its last owner. */
export async function refuseLastOwner(
  changes: Pick<Changes, 'members'>,
  member: MemberRow,
): Promise<Refused | undefined> {
  if (member.role !== 'owner') return undefined;
  const others = (await changes.members(member.account)).filter(({ person }) => person !== member.person);
  if (await hasOwner({ members: async () => others }, member.account)) return undefined;
  const detail = 'The account would have no owner. Make somebody else owner first.';
  return refused({ code: 'last_owner', detail });
}

export function memberNotFound(): Refused {
  return refused({ code: 'member_not_found', detail: 'The account has no such member.' });
}
