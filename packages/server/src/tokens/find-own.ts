import type { AccountName } from '@latchkey/core';
import { parseTokenId } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { Outcome, Refused } from './outcome.ts';
import { done, refused } from './outcome.ts';

/** Finds a token that its account can still change. Another account's id is answered as a random one. */
export async function findOwn(
  changes: Pick<Changes, 'token'>,
  account: AccountName,
  id: string,
): Promise<Outcome<TokenRow>> {
  const parsed = parseTokenId(id);
  const row = parsed && (await changes.token(parsed));
  if (row?.account !== account) return tokenNotFound();
  if (row.status === 'active') return done(row);
  return refused({ code: 'token_revoked', detail: 'The token was revoked before.', field: 'id' });
}

export function tokenNotFound(): Refused {
  return refused({ code: 'token_not_found', detail: 'There is no such token in this account.', field: 'id' });
}
