import type { AuditContext } from '../audit/audit-entry.ts';
import type { InvitationRow } from '../store/people-rows.ts';
import type { AuditEntry, Changes } from '../store/store.ts';

export function invitationEntry(
  context: AuditContext,
  action: 'invitation.create' | 'invitation.revoke',
  { id, account, email, role }: InvitationRow,
): AuditEntry {
  const told = { email, role };
  const isNew = action === 'invitation.create';
  return {
    ...context,
    action,
    account,
    subject: id,
    before: isNew ? null : told,
    after: isNew ? told : null,
  };
}

/** Drops invitations, each with its audit entry. */
export function dropInvitations(
  changes: Pick<Changes, 'dropInvitation' | 'audit'>,
  context: AuditContext,
  rows: readonly InvitationRow[],
): void {
  for (const row of rows) {
    changes.dropInvitation(row.id);
    changes.audit(invitationEntry(context, 'invitation.revoke', row));
  }
}
