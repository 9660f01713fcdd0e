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
const FIRST_LETTER = 'c'.charCodeAt(0);
const PAIRS = LETTERS.length ** 2;
const FIRST_OF_PAIR = lettersOfPairs((pair) => Math.floor(pair / LETTERS.length));
const SECOND_OF_PAIR = lettersOfPairs((pair) => pair % LETTERS.length);
/** Of the id that is being made. */
const written = new Uint8Array(ID_WORDS * LETTERS_A_WORD);

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

/** The id with these words. Nearly every request that passes asks for one, so it is made at once and not put together. */
export function formatId(first: number, second: number, third: number, fourth: number): TokenId {
  writeLetters(first, 0);
  writeLetters(second, 6);
  writeLetters(third, 12);
  writeLetters(fourth, 18);
  const id = String.fromCharCode(
    FIRST_LETTER,
    letter(0),
    letter(1),
    letter(2),
    letter(3),
    letter(4),
    letter(5),
    letter(6),
    letter(7),
    letter(8),
    letter(9),
    letter(10),
    letter(11),
    letter(12),
    letter(13),
    letter(14),
    letter(15),
    letter(16),
    letter(17),
    letter(18),
    letter(19),
    letter(20),
    letter(21),
    letter(22),
    letter(23),
  );
  // What was read from an id gives the id again.
  return id as TokenId;
}

/** Two letters at a time, the last ones first. */
function writeLetters(word: number, from: number): void {
  let value = word >>> 0;
  for (let at = from + LETTERS_A_WORD - 2; at >= from; at -= 2) {
    const pair = value % PAIRS;
    written[at] = FIRST_OF_PAIR[pair] ?? 0;
    written[at + 1] = SECOND_OF_PAIR[pair] ?? 0;
    value = (value - pair) / PAIRS;
  }
}

function letter(at: number): number {
  return written[at] ?? 0;
}

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}

function lettersOfPairs(letterOf: (pair: number) => number): Uint8Array {
  return Uint8Array.from({ length: PAIRS }, (_, pair) => LETTERS.charCodeAt(letterOf(pair)));
}
