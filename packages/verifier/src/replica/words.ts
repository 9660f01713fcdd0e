import type { TokenId } from '@latchkey/core';

/** 32-bit words of a SHA-256. */
export const DIGEST_WORDS = 8;
/** 32-bit words of a token id: six of its letters each. */
export const ID_WORDS = 4;

/** How many values a word has. */
export const WORD = 2 ** 32;
/** The high word of an expiry that never comes. */
export const NEVER = WORD - 1;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LETTERS_A_WORD = 6;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIX_BITS = valuesOf(BASE64URL);
const LETTER_VALUES = valuesOf(LETTERS);

/**
 * Reads a digest in base64url, 43 characters, into the words from `from` on. A word holds two pairs of bytes, the first pair
 * high and the first byte of each low: that is how `digestText` has them.
 */
export function readBase64urlDigest(digest: string, into: Uint32Array, from: number): void {
  let word = from;
  let bits = 0;
  let bitCount = 0;
  for (let at = 0; at < digest.length; at++) {
    const value = SIX_BITS[digest.charCodeAt(at)] ?? 0;
    const room = 32 - bitCount;
    if (room > 6) {
      bits = (bits << 6) | value;
      bitCount += 6;
      continue;
    }
    into[word] = swapped((bits << room) | (value >>> (6 - room)));
    word++;
    bits = value & ((1 << (6 - room)) - 1);
    bitCount = 6 - room;
  }
}

/** The base64url of a digest whose words stand at `at`. */
export function formatDigest(words: Uint32Array, at: number): string {
  const bytes = Buffer.alloc(DIGEST_WORDS * 4);
  for (let word = 0; word < DIGEST_WORDS; word++)
    bytes.writeInt32BE(swapped(words[at + word] ?? 0), word * 4);
  return bytes.toString('base64url');
}

/** Exchanges the bytes of each half. */
function swapped(word: number): number {
  return ((word & 0xff00ff00) >>> 8) | ((word & 0x00ff00ff) << 8);
}

/** Reads an id into the words from `from` on. */
export function readId(id: TokenId, into: Uint32Array, from: number): void {
  for (let word = 0, at = 1; word < ID_WORDS; word++) {
    let value = 0;
    for (let letter = 0; letter < LETTERS_A_WORD; letter++, at++) {
      value = value * LETTERS.length + (LETTER_VALUES[id.charCodeAt(at)] ?? 0);
    }
    into[from + word] = value;
  }
}

/** The id whose words stand at `at`. */
export function formatId(words: ArrayLike<number>, at: number): TokenId {
  let id = 'c';
  for (let word = 0; word < ID_WORDS; word++) {
    let value = (words[at + word] ?? 0) >>> 0;
    let letters = '';
    for (let letter = 0; letter < LETTERS_A_WORD; letter++) {
      letters = LETTERS.charAt(value % LETTERS.length) + letters;
      value = Math.floor(value / LETTERS.length);
    }
    id += letters;
  }
  // What was read from an id gives the id again.
  return id as TokenId;
}

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}
