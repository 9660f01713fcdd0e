import { parseAccountName } from '@latchkey/core';
import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseOperatorCall } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';

/** Finds an account by name. Needs `accounts:read` and the operator's account. */
export async function getAccount(
  { store }: Pick<Deps, 'store'>,
  caller: Caller,
  { name }: { readonly name: string },
): Promise<Outcome<AccountRow>> {
  const early = refuseOperatorCall(caller, 'accounts:read');
  if (early !== undefined) return early;
  const parsed = parseAccountName(name);
  const row = parsed && (await store.account(parsed));
  if (row !== undefined) return done(row);
  return refused({ code: 'account_not_found', detail: 'There is no such account.', field: 'name' });
}
