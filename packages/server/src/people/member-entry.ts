import type { AccountName } from '@latchkey/core';
import type { AuditContext } from '../audit/audit-entry.ts';
import type { MemberRow, PersonRow } from '../store/people-rows.ts';
import type { AuditEntry, Changes } from '../store/store.ts';

/** What the audit log tells of a membership that began, changed or ended. */
export function memberEntry(
  context: AuditContext,
  action: 'member.add' | 'member.change' | 'member.remove',
  before: MemberRow | null,
  after: MemberRow | null,
  { name, email }: Pick<PersonRow, 'name' | 'email'>,
): AuditEntry {
  const row = after ?? before;
  if (row === null) throw new TypeError('an audit entry about no membership');
  const told = (member: MemberRow | null) => member && { role: member.role, name, email };
  return {
    ...context,
    action,
    account: row.account,
    subject: row.person,
    before: told(before),
    after: told(after),
  };
}

/** Whether an account has an owner, within a change. */
export async function hasOwner(changes: Pick<Changes, 'members'>, account: AccountName): Promise<boolean> {
  return (await changes.members(account)).some(({ role }) => role === 'owner');
}
