import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';

/** Needs `accounts:write` and the operator's account. Once more is no change and no refusal. */
export async function resumeAccount(
  _deps: Pick<Deps, 'store' | 'now'>,
  _caller: Caller,
  _input: { readonly name: string },
): Promise<Outcome<AccountRow>> {
  throw new Error('not built yet');
}
