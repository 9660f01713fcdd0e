import type { TokenRecord } from '@latchkey/core';
import type { AccountRow, TokenRow } from '../store/rows.ts';

/** The row as the decision sees it; restrictions are compiled anew each time. */
export function recordOfRow(_token: TokenRow, _account: AccountRow): TokenRecord {
  throw new Error('not built yet');
}
