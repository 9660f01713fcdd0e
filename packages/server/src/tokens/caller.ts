import type { AccountRow, TokenRow } from '../store/rows.ts';

/** Who asks: the token as it was when the door authenticated it. Every change reads it again before it writes. */
export interface Caller {
  readonly token: TokenRow;
  readonly account: AccountRow;
  readonly requestId: string;
}
