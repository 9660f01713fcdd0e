import type { TokenIdentity, TokenRecord } from '@latchkey/core';
import { PackedRecord } from '../replica/packed-record.ts';
import { formatId } from '../replica/words.ts';

/** Tells records of a replica apart by where they stand: their ids are costly to read as text. */
export const tokenIdentity: TokenIdentity<TokenRecord> = {
  slotOf: (token) => packed(token).slot,
  lifeOf: (token) => packed(token).generation,
  writeId: (token, into, at) => packed(token).writeId(into, at),
  readId: (words, at) => formatId(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0),
};

/** @throws TypeError for a record that is no replica's */
function packed(token: TokenRecord): PackedRecord {
  if (isPacked(token)) return token;
  throw new TypeError('a verifier counts only what its own replica knows');
}

/** `instanceof` walks the prototypes, which every count would pay for. */
function isPacked(token: TokenRecord): token is PackedRecord {
  return token.constructor === PackedRecord;
}
