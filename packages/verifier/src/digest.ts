import crypto from 'node:crypto';

// Read once: the module's object has so many fields that each access is a search.
const { hash } = crypto;
// Node takes every encoding of buffers here, its types tell only some of them.
const PAIRS = 'utf16le' as crypto.BinaryToTextEncoding;

/**
 * SHA-256 of a token's text: 16 characters, each with two of its bytes, the first of them low. Node makes no form faster, and
 * none is read with fewer steps.
 */
export const digestText: (text: string) => string = hashesInPairs()
  ? (text) => hash('sha256', text, PAIRS)
  : // `crypto.hash` is several times faster than a Hash object; Node has it since 20.12 and 21.7.
    (text) => crypto.createHash('sha256').update(text).digest().toString('utf16le');

/** Runtimes other than Node may not. */
function hashesInPairs(): boolean {
  try {
    const expected = crypto.createHash('sha256').update('').digest().toString('utf16le');
    return hash('sha256', '', PAIRS) === expected;
  } catch {
    return false;
  }
}
