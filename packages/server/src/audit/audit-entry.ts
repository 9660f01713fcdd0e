import type { AccountRow, AuditAction, AuditActor, RotationRow, TokenRow } from '../store/rows.ts';
import type { AuditEntry } from '../store/store.ts';
import type { Caller } from '../tokens/caller.ts';
import { actorOf } from '../tokens/caller-rights.ts';

/** Who did it, when, and in which request. */
export interface AuditContext {
  readonly actor: AuditActor;
  readonly at: number;
  readonly requestId: string;
}

/** The actor of a request is its caller. */
export function callerContext(caller: Caller, at: number): AuditContext {
  return { actor: actorOf(caller), at, requestId: caller.requestId };
}

export function tokenEntry(
  context: AuditContext,
  action: Extract<AuditAction, `token.${string}`>,
  before: TokenRow | null,
  after: TokenRow,
): AuditEntry {
  return {
    ...context,
    action,
    account: after.account,
    subject: after.id,
    before: before && describeToken(before),
    after: describeToken(after),
  };
}

/** @param after null: the rotation was undone */
export function rotationEntry(
  context: AuditContext,
  action: Extract<AuditAction, `rotation.${string}`>,
  before: RotationRow | null,
  after: RotationRow | null,
): AuditEntry {
  const row = after ?? before;
  if (row === null) throw new TypeError('an audit entry about no rotation');
  return {
    ...context,
    action,
    account: row.account,
    subject: row.token,
    before: before && describeRotation(before),
    after: after && describeRotation(after),
  };
}

export function accountEntry(
  context: AuditContext,
  action: Extract<AuditAction, `account.${string}`>,
  before: AccountRow | null,
  after: AccountRow,
): AuditEntry {
  return {
    ...context,
    action,
    account: after.name,
    subject: after.name,
    before: before && describeAccount(before),
    after: describeAccount(after),
  };
}

/** All that people may read of a token later: neither its text, public or not, nor its digest. */
function describeToken(row: TokenRow): Record<string, unknown> {
  const { usage, note, scopes, restrictions, expires, parent, replaces, isDefault, status } = row;
  return { usage, note, scopes, restrictions, expires, parent, replaces, default: isDefault, status };
}

function describeAccount({ kind, status, allowance }: AccountRow): Record<string, unknown> {
  return { kind, status, allowance };
}

function describeRotation(row: RotationRow): Record<string, unknown> {
  const { successor, startedAt, quietMs, dueAt, waitsFor, endedAt } = row;
  return { successor, startedAt, quietMs, dueAt, waitsFor, endedAt };
}
