import type { TokenIdentity, TokenRecord } from '@latchkey/core';
import { PackedRecord } from '../replica/packed-record.ts';
import { ID_WORDS, readId } from '../replica/words.ts';

const words = new Uint32Array(ID_WORDS);

/** Tells records apart by the words of their ids, which a replica has at hand and which are costly to read as text. */
export const tokenIdentity: TokenIdentity<TokenRecord> = {
  wordsOf(token, into) {
    if (token instanceof PackedRecord) {
      token.writeId(into);
      return;
    }
    readId(token.id, words, 0);
    into.set(words);
  },
};
