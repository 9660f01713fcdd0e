import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';

/** Finds a token of the caller's account, revoked ones too. Needs `tokens:read`. */
export async function getToken(
  _deps: Pick<Deps, 'store'>,
  _caller: Caller,
  _input: { readonly account: string; readonly id: string },
): Promise<Outcome<TokenRow>> {
  throw new Error('not built yet');
}
