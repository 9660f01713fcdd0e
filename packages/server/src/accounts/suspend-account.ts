import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { changeAccountStatus } from './change-account-status.ts';

/** Every token of the account is refused until it is resumed. Needs `accounts:write` and the operator's account. */
export async function suspendAccount(
  deps: Pick<Deps, 'store' | 'now'>,
  caller: Caller,
  input: { readonly name: string },
): Promise<Outcome<AccountRow>> {
  return changeAccountStatus(deps, caller, { name: input.name, status: 'suspended' });
}
