import type { TokenIdentity, TokenRecord } from '@latchkey/core';
import { PackedRecord } from '../replica/packed-record.ts';

/** Tells records of a replica apart by the words of their ids, which are costly to read as text. */
export const tokenIdentity: TokenIdentity<TokenRecord> = {
  hash: (token) => (token instanceof PackedRecord ? token.hash() : 0),
  isSame: (one, other) =>
    one instanceof PackedRecord && other instanceof PackedRecord
      ? one.isSameToken(other)
      : one.id === other.id,
};
