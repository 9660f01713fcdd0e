import type { AccountName, TokenId } from '@latchkey/core';

/** Who opens a stream: the holder of a token with the scope `verifiers:sync`. The token's id is the verifier's identity. */
export interface FeedCaller {
  readonly token: TokenId;
  readonly account: AccountName;
  /** Unix milliseconds; null where the token does not expire. */
  readonly expires: number | null;
  /** Of the token as it was judged: a later one has to be judged anew. */
  readonly revision: number;
}
