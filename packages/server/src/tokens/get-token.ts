import { parseTokenId } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { tokenNotFound } from './find-own.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';

/** Finds a token of the caller's account, revoked ones too. Needs `tokens:read`. */
export async function getToken(
  { store }: Pick<Deps, 'store'>,
  caller: Caller,
  input: { readonly account: string; readonly id: string },
): Promise<Outcome<TokenRow>> {
  const early = refuseCaller(caller, input.account, 'tokens:read');
  if (early !== undefined) return early;
  const id = parseTokenId(input.id);
  const row = id && (await store.token(id));
  return row?.account === caller.account.name ? done(row) : tokenNotFound();
}
