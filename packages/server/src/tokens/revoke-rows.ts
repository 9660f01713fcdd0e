import type { TokenId } from '@latchkey/core';
import { type AuditContext, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';

/** The row of a token that is over; its digest stays, so that whoever shows the text is told why. */
export function revokedRow(row: TokenRow, at: number): TokenRow {
  return { ...row, status: 'revoked', isDefault: false, revokedAt: at, modifiedAt: at };
}

/** Revokes each row and writes down who did it. Answers the rows as they are then. */
export function revokeRows(
  changes: Pick<Changes, 'putToken' | 'audit'>,
  context: AuditContext,
  rows: readonly TokenRow[],
): readonly TokenRow[] {
  return rows.map((row) => {
    const after = revokedRow(row, context.at);
    changes.putToken(after);
    changes.audit(tokenEntry(context, 'token.revoke', row, after));
    return after;
  });
}

export function idsOf(rows: readonly TokenRow[]): readonly TokenId[] {
  return rows.map(({ id }) => id);
}
