/** Bytes of a SHA-256. */
const DIGEST_LENGTH = 32;
const WORDS = DIGEST_LENGTH / 4;
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
 * A hash table that uses the digest as its own hash and keeps all digests side by side: a look-up meets two or three
 * cache lines, where a `Map` of strings hashes the key again and follows five pointers. Nothing is ever removed. It
 * doubles when half full, and all digests are compared whole.
 */
export function createDigestIndex<Value>(): DigestIndex<Value> {
  /** Pairs of a digest's first word and its entry's number, which counts from 1: 0 is an empty slot. */
  let slots = new Uint32Array(FIRST_SLOTS * 2);
  let digests = new Uint32Array((FIRST_SLOTS / 2) * WORDS);
  const values: Value[] = [];

  /** The position of the digest's own pair, or of the empty pair where it would go. */
  function findSlot(digest: string): number {
    const first = wordAt(digest, 0);
    const mask = slots.length / 2 - 1;
    for (let slot = first & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot * 2 + 1] ?? 0;
      if (entry === 0 || (slots[slot * 2] === first && isDigestOf(entry, digest))) return slot * 2;
    }
  }

  function isDigestOf(entry: number, digest: string): boolean {
    const start = (entry - 1) * WORDS;
    for (let word = 1; word < WORDS; word += 1) {
      if (digests[start + word] !== wordAt(digest, word)) return false;
    }
    return true;
  }

  function grow(): void {
    const larger = new Uint32Array(slots.length * 2);
    const mask = larger.length / 2 - 1;
    for (let from = 0; from < slots.length; from += 2) {
      const entry = slots[from + 1] ?? 0;
      if (entry === 0) continue;
      const first = slots[from] ?? 0;
      let slot = first & mask;
      while (larger[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      larger[slot * 2] = first;
      larger[slot * 2 + 1] = entry;
    }
    const longer = new Uint32Array(digests.length * 2);
    longer.set(digests);
    slots = larger;
    digests = longer;
  }

  return {
    get(digest) {
      if (digest.length !== DIGEST_LENGTH) return undefined;
      const entry = slots[findSlot(digest) + 1] ?? 0;
      return entry === 0 ? undefined : values[entry - 1];
    },
    set(digest, value) {
      if (!isDigest(digest)) throw new TypeError('a digest has 32 characters, each of one byte');
      const slot = findSlot(digest);
      const entry = slots[slot + 1] ?? 0;
      if (entry !== 0) {
        values[entry - 1] = value;
        return;
      }
      for (let word = 0; word < WORDS; word += 1)
        digests[values.length * WORDS + word] = wordAt(digest, word);
      values.push(value);
      slots[slot] = wordAt(digest, 0);
      slots[slot + 1] = values.length;
      if (values.length * 4 >= slots.length) grow();
    },
    get size() {
      return values.length;
    },
  };
}

/** Four characters as an unsigned number, most significant first. */
function wordAt(digest: string, word: number): number {
  const at = word * 4;
  return (
    ((digest.charCodeAt(at) << 24) |
      (digest.charCodeAt(at + 1) << 16) |
      (digest.charCodeAt(at + 2) << 8) |
      digest.charCodeAt(at + 3)) >>>
    0
  );
}

function isDigest(text: string): boolean {
  if (text.length !== DIGEST_LENGTH) return false;
  for (let at = 0; at < DIGEST_LENGTH; at += 1) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}
