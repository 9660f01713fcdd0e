import { parseAccountName } from '@latchkey/core';
import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { done, type Outcome, refused } from '../tokens/outcome.ts';

/** Finds an account by name. Needs `accounts:read` and the operator's account. */
export async function getAccount(
  { store }: Pick<Deps, 'store'>,
  caller: Caller,
  { name }: { readonly name: string },
): Promise<Outcome<AccountRow>> {
  if (caller.account.kind !== 'operator') {
    return refused({ code: 'operator_only', detail: "Only the operator's account may read accounts." });
  }
  const parsed = parseAccountName(name);
  const row = parsed === undefined ? undefined : await store.account(parsed);
  if (row === undefined) return refused({ code: 'account_not_found', detail: 'There is no such account.' });
  return done(row);
}
