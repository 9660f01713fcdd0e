import type { AuditAction, AuditRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';

export interface ListAuditInput {
  /** Not sent: all that the caller may see, which is the own account, or every one for the operator's. */
  readonly account?: string | undefined;
  /** A token's id or an account's name. */
  readonly subject?: string | undefined;
  readonly action?: AuditAction | undefined;
  /** `next` of the page before: rows of a smaller sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly next: number | null;
}

/** Newest first. Needs `audit:read`. */
export async function listAudit(
  _deps: Pick<Deps, 'store'>,
  _caller: Caller,
  _input: ListAuditInput,
): Promise<Outcome<AuditPage>> {
  throw new Error('not built yet');
}
