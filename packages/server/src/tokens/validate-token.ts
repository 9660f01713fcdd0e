import { recogniseTokenText } from '@latchkey/core';
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

/** Tells what has become of a token. The tokens of a suspended account are invalid until it is resumed. */
export async function validateToken(
  { store, now, hash }: Pick<Deps, 'store' | 'now' | 'hash'>,
  text: string,
): Promise<TokenVerdict> {
  if (recogniseTokenText(text) === undefined) return { code: 'TokenMalformed' };
  const found = await store.tokenByDigest(hash(text));
  if (found === undefined) return { code: 'TokenInvalid' };
  const { token, account } = found;
  if (token.status === 'revoked') return { code: 'TokenRevoked', token, account };
  if (token.expires !== null && token.expires <= now()) return { code: 'TokenExpired', token, account };
  return account.status === 'active' ? { code: 'TokenValid', token, account } : { code: 'TokenInvalid' };
}
