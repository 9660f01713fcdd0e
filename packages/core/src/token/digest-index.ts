/** Bytes of a SHA-256. */
const DIGEST_LENGTH = 32;
const FIRST_SLOTS = 64;

/** Finds values by SHA-256. Digests are strings of 32 characters, one for each byte, as `crypto.hash('sha256', text, 'binary')` makes them. */
export interface DigestIndex<Value> {
  /** A text of another length finds nothing. */
  get(digest: string): Value | undefined;
  /** Puts a value in the place of the one that the digest had. @throws TypeError when `digest` is no digest */
  set(digest: string, value: Value): void;
  readonly size: number;
}

/**
 * A hash table that uses the digest as its own hash: where a `Map` of strings hashes the key again and follows a chain,
 * a look-up reads one pair of numbers and then compares the digests whole. Nothing is ever removed. It doubles when
 * half full.
 */
export function createDigestIndex<Value>(): DigestIndex<Value> {
  /** Pairs of a digest's first word and its entry's number, which counts from 1: 0 is an empty slot. */
  let slots = new Uint32Array(FIRST_SLOTS * 2);
  const digests: string[] = [];
  const values: Value[] = [];

  /** The position of the digest's own pair, or of the empty pair where it would go. */
  function findPair(digest: string): number {
    const first = firstWord(digest);
    const last = slots.length - 2;
    for (let pair = (first * 2) & last; ; pair = (pair + 2) & last) {
      const entry = slots[pair + 1] ?? 0;
      if (entry === 0 || (slots[pair] === first && digests[entry - 1] === digest)) return pair;
    }
  }

  function grow(): void {
    const larger = new Uint32Array(slots.length * 2);
    const last = larger.length - 2;
    for (let from = 0; from < slots.length; from += 2) {
      const entry = slots[from + 1] ?? 0;
      if (entry === 0) continue;
      const first = slots[from] ?? 0;
      let pair = (first * 2) & last;
      while (larger[pair + 1] !== 0) pair = (pair + 2) & last;
      larger[pair] = first;
      larger[pair + 1] = entry;
    }
    slots = larger;
  }

  return {
    get(digest) {
      if (digest.length !== DIGEST_LENGTH) return undefined;
      const entry = slots[findPair(digest) + 1] ?? 0;
      return entry === 0 ? undefined : values[entry - 1];
    },
    set(digest, value) {
      if (!isDigest(digest)) throw new TypeError('a digest has 32 characters, each of one byte');
      const pair = findPair(digest);
      const entry = slots[pair + 1] ?? 0;
      if (entry !== 0) {
        values[entry - 1] = value;
        return;
      }
      digests.push(digest);
      values.push(value);
      slots[pair] = firstWord(digest);
      slots[pair + 1] = values.length;
      if (values.length * 4 >= slots.length) grow();
    },
    get size() {
      return values.length;
    },
  };
}

/** Four characters as an unsigned number. */
function firstWord(digest: string): number {
  return (
    ((digest.charCodeAt(0) << 24) |
      (digest.charCodeAt(1) << 16) |
      (digest.charCodeAt(2) << 8) |
      digest.charCodeAt(3)) >>>
    0
  );
}

function isDigest(text: string): boolean {
  if (text.length !== DIGEST_LENGTH) return false;
  for (let at = 0; at < DIGEST_LENGTH; at += 1) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}
