import type { TokenId } from '@latchkey/core';
import type { Kysely } from 'kysely';
import type { AccountRow, TokenRow } from '../rows.ts';
import type { ChangeStatements } from './change-statements.ts';
import type { PendingWork } from './pending-work.ts';
import { accountColumns, rotationColumns, tokenColumns } from './row-codec.ts';
import type { AuditColumns, Schema } from './schema.ts';

/** A change row that waits for its revision. */
export type UnnumberedChange = { readonly token: TokenRow } | { readonly account: AccountRow };

/** An audit row that waits for its sequence. */
export type UnnumberedEntry = Omit<AuditColumns, 'sequence'>;

/** What is left to be numbered at the end of the transaction. */
export interface AppliedWork {
  readonly changes: readonly UnnumberedChange[];
  readonly entries: readonly UnnumberedEntry[];
}

/**
 * Writes the rows of one work.
 * @throws TypeError when a token or an account was put without an audit entry about it
 * @throws the engine's error when a row breaks a constraint; the caller then rolls this work back
 */
export async function applyWork(
  db: Kysely<Schema>,
  statements: ChangeStatements,
  work: PendingWork,
): Promise<AppliedWork> {
  refuseUnaudited(work);
  const changes: UnnumberedChange[] = [];
  const moves = new Map<string, number | null>();
  for (const write of work.writes) {
    if (write.kind === 'account') {
      await db.executeQuery(statements.putAccount(accountColumns(write.row)));
      changes.push({ account: write.row });
      continue;
    }
    const { row } = write;
    if (!moves.has(row.id)) moves.set(row.id, await modifiedAtBefore(db, statements, work, row));
    await db.executeQuery(statements.putToken(tokenColumns(row)));
    if (!write.quiet) changes.push({ token: row });
  }
  // After the tokens that they name.
  for (const one of work.rotations) {
    await db.executeQuery(
      one.kind === 'put'
        ? statements.putRotation(rotationColumns(one.row))
        : statements.dropRotation({ token: one.token }),
    );
  }
  await work.people.apply();
  for (const row of work.remembered) await db.executeQuery(statements.remember(row));
  return { changes, entries: work.entries.map((entry) => unnumbered(entry, moves, work)) };
}

function refuseUnaudited({ writes, entries }: PendingWork): void {
  const audited = new Set(entries.map(({ subject }) => subject));
  for (const { kind, row } of writes) {
    const subject = kind === 'account' ? row.name : row.id;
    if (!audited.has(subject)) throw new TypeError(`${kind} ${subject} was put without an audit entry`);
  }
}

async function modifiedAtBefore(
  db: Kysely<Schema>,
  statements: ChangeStatements,
  { modifiedAtOf }: PendingWork,
  row: TokenRow,
): Promise<number | null> {
  const known = modifiedAtOf.get(row.id);
  if (known !== undefined) return known;
  // A new token has never been stamped, so only a row that the work made up itself costs a read here.
  if (row.revision === 0) return null;
  const { rows } = await db.executeQuery(statements.token({ id: row.id }));
  return rows[0]?.modified_at ?? null;
}

function unnumbered(
  entry: PendingWork['entries'][number],
  moves: ReadonlyMap<string, number | null>,
  { modifiedAtOf }: PendingWork,
): UnnumberedEntry {
  // What is told of a token that itself stays as it is leaves it in its place.
  const unmoved = modifiedAtOf.get(entry.subject as TokenId) ?? null;
  const moved = moves.get(entry.subject);
  return {
    at: entry.at,
    actor: JSON.stringify(entry.actor),
    action: entry.action,
    account: entry.account,
    subject: entry.subject,
    before: entry.before === null ? null : JSON.stringify(entry.before),
    after: entry.after === null ? null : JSON.stringify(entry.after),
    request_id: entry.requestId,
    moved_from: moved === undefined ? unmoved : moved,
  };
}
