import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Deps } from './deps.ts';

/** The verdict over a token's text. All but malformed and invalid are told only to whoever holds the right text. */
export type TokenVerdict =
  | { readonly code: 'TokenMalformed' | 'TokenInvalid' }
  | {
      readonly code: 'TokenValid' | 'TokenExpired' | 'TokenRevoked';
      readonly token: TokenRow;
      readonly account: AccountRow;
    };

export async function validateToken(
  _deps: Pick<Deps, 'store' | 'now' | 'hash'>,
  _text: string,
): Promise<TokenVerdict> {
  throw new Error('not built yet');
}
