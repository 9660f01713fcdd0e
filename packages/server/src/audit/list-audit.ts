import { parseAccountName } from '@latchkey/core';
import type { AuditAction, AuditRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseCaller } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';

export interface ListAuditInput {
  /** Not sent: all that the caller may see, which is the own account, or every one for the operator's. */
  readonly account?: string | undefined;
  /** A token's id or an account's name. */
  readonly subject?: string | undefined;
  readonly action?: AuditAction | undefined;
  /** The id of a token or a person, or the name of a part of the system. */
  readonly actor?: string | undefined;
  /** Unix milliseconds: not older than this. */
  readonly since?: number | undefined;
  /** Unix milliseconds: older than this. */
  readonly until?: number | undefined;
  /** `next` of the page before: rows of a smaller sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly next: number | null;
}

/** Newest first. Needs `audit:read`; the operator's account sees every account's rows, any other its own. */
export async function listAudit(
  { store }: Pick<Deps, 'store'>,
  caller: Caller,
  input: ListAuditInput,
): Promise<Outcome<AuditPage>> {
  const { name, kind } = caller.account;
  const asked = input.account ?? (kind === 'operator' ? null : name);
  const early = refuseCaller(caller, kind === 'operator' ? name : (asked ?? name), 'audit:read');
  if (early !== undefined) return early;
  const account = asked === null ? null : parseAccountName(asked);
  if (account === undefined) return done({ rows: [], next: null });
  const found = await store.auditRows({
    account,
    subject: input.subject ?? null,
    action: input.action ?? null,
    actor: input.actor,
    since: input.since,
    until: input.until,
    before: input.before ?? null,
    limit: input.limit + 1,
  });
  const rows = found.slice(0, input.limit);
  return done({ rows, next: found.length > rows.length ? (rows.at(-1)?.sequence ?? null) : null });
}
