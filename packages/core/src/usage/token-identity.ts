import type { TokenId } from '../token/token-id.ts';
import type { TokenRecord } from '../token/token-record.ts';

/** How records of tokens are told apart without reading their ids as text. */
export interface TokenIdentity<Token extends TokenRecord> {
  /** A number that no other token has meanwhile; from 0, and small, because there is room for all of them. */
  readonly slotOf: (token: Token) => number;
  /** A signed word that differs where the slot holds another token. It may differ for other changes too. */
  readonly lifeOf: (token: Token) => number;
  /** Writes the four words of the id from `at` on. */
  readonly writeId: (token: Token, into: Int32Array, at: number) => void;
  /** The id whose words stand at `at`. */
  readonly readId: (words: Int32Array, at: number) => TokenId;
}
