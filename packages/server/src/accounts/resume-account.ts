import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { changeAccountStatus } from './change-account-status.ts';

/** The account's tokens work again, as they were. Needs `accounts:write` and the operator's account. */
export async function resumeAccount(
  deps: Pick<Deps, 'store' | 'now'>,
  caller: Caller,
  input: { readonly name: string },
): Promise<Outcome<AccountRow>> {
  return changeAccountStatus(deps, caller, { name: input.name, status: 'active' });
}
