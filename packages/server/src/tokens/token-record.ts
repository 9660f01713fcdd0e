import type { TokenRecord } from '@latchkey/core';
import { compileRestrictions } from '@latchkey/core';
import type { AccountRow, TokenRow } from '../store/rows.ts';

/** The row as the decision sees it; restrictions are compiled anew each time. */
export function recordOfRow(token: TokenRow, account: AccountRow): TokenRecord {
  return {
    id: token.id,
    account: { name: account.name, suspended: account.status === 'suspended' },
    usage: token.usage,
    revoked: token.status === 'revoked',
    bad: undefined,
    scopes: token.scopes,
    restrictions: compileRestrictions(token.restrictions),
    expires: token.expires ?? Number.POSITIVE_INFINITY,
    revision: token.revision,
  };
}
