import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';

export interface AccountPage {
  readonly rows: readonly AccountRow[];
  /** Give it as `start` for the next page; null: nothing follows. */
  readonly next: string | null;
}

/** By name. Needs `accounts:read` and the operator's account. */
export async function listAccounts(
  _deps: Pick<Deps, 'store'>,
  _caller: Caller,
  _input: { readonly start?: string | undefined; readonly limit: number },
): Promise<Outcome<AccountPage>> {
  throw new Error('not built yet');
}
