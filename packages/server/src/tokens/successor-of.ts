import type { TokenRow } from '../store/rows.ts';
import type { Deps } from './deps.ts';
import { grantOfRow } from './grant-of-row.ts';
import { mintToken } from './mint-token.ts';

/**
 * What follows a default token that is revoked: an account always has one. Of the same grant, because a wider one would be
 * a gift, save scopes that the catalogue no longer has as public: what a new token gets is granted now.
 */
export function successorOf(
  deps: Pick<Deps, 'randomBytes' | 'hash' | 'catalogue'>,
  row: TokenRow,
  at: number,
): TokenRow {
  const kind = { usage: 'pk', isDefault: true, replaces: row.id } as const;
  const scopes = row.scopes.filter((scope) => deps.catalogue.get(scope)?.public === true);
  return mintToken(deps, { ...grantOfRow(row), scopes, account: row.account, note: row.note, at, kind }).row;
}
