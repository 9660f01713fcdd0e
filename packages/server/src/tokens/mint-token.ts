import type { AccountName, Grant, TokenId } from '@latchkey/core';
import { formatTokenText, makeTokenId, SIGNATURE_BYTES, TOKEN_ID_RANDOM_BYTES } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Deps } from './deps.ts';

export interface NewToken extends Grant {
  readonly account: AccountName;
  readonly note: string | null;
  /** The moment of the change that makes it, unix milliseconds. */
  readonly at: number;
  readonly kind:
    | { readonly usage: 'pk'; readonly isDefault: boolean; readonly replaces: TokenId | null }
    | { readonly usage: 'sk'; readonly replaces: TokenId | null }
    | { readonly usage: 'tk'; readonly parent: TokenId; readonly expires: number };
}

/** `text` is the only copy of a secret: the row holds its digest, and the text itself only where it is public. */
export interface MintedToken {
  readonly row: TokenRow;
  readonly text: string;
}

export function mintToken(
  { randomBytes, hash }: Pick<Deps, 'randomBytes' | 'hash'>,
  { account, note, at, scopes, restrictions, expires, kind }: NewToken,
): MintedToken {
  const id = makeTokenId(randomBytes(TOKEN_ID_RANDOM_BYTES));
  const signature = randomBytes(SIGNATURE_BYTES);
  const text =
    kind.usage === 'tk'
      ? formatTokenText({
          usage: 'tk',
          account,
          id,
          issuedAtSeconds: Math.floor(at / 1000),
          // Rounded down: the text must not promise a moment more than the row grants.
          expiresSeconds: Math.floor(kind.expires / 1000),
          scopes,
          signature,
        })
      : formatTokenText({ usage: kind.usage, account, id, signature });
  const row: TokenRow = {
    id,
    account,
    usage: kind.usage,
    digest: hash(text),
    text: kind.usage === 'pk' ? text : null,
    note,
    scopes,
    restrictions,
    expires,
    parent: kind.usage === 'tk' ? kind.parent : null,
    replaces: kind.usage === 'tk' ? null : kind.replaces,
    isDefault: kind.usage === 'pk' && kind.isDefault,
    status: 'active',
    createdAt: at,
    modifiedAt: at,
    revokedAt: null,
    revision: 0,
  };
  return { row, text };
}
