import { parseAccountName } from '@latchkey/core';
import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseOperatorCall } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';

export interface AccountPage {
  readonly rows: readonly AccountRow[];
  /** Give it as `start` for the next page; null: nothing follows. */
  readonly next: string | null;
}

/** By name. Needs `accounts:read` and the operator's account. */
export async function listAccounts(
  { store }: Pick<Deps, 'store'>,
  caller: Caller,
  input: { readonly start?: string | undefined; readonly limit: number },
): Promise<Outcome<AccountPage>> {
  const early = refuseOperatorCall(caller, 'accounts:read');
  if (early !== undefined) return early;
  const after = input.start === undefined ? null : parseAccountName(input.start);
  if (after === undefined) {
    return refused({ code: 'start_invalid', detail: 'start is not a cursor of this list.', field: 'start' });
  }
  const found = await store.accounts({ after, limit: input.limit + 1 });
  const rows = found.slice(0, input.limit);
  return done({ rows, next: found.length > rows.length ? (rows.at(-1)?.name ?? null) : null });
}
