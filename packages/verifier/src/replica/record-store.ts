import { createNumberList } from './number-list.ts';

/** 32-bit words of one record. The places of its fields are in {@link FIELD}. */
export const RECORD_WORDS = 24;

/** Where the fields of a record stand, in words. */
export const FIELD = {
  /** Eight words: SHA-256, see `words.ts`. */
  digest: 0,
  /** Four words, see `words.ts`. */
  id: 8,
  /** Bits of {@link FLAG}. */
  flags: 12,
  /** Number of the newest snapshot that held this record. */
  mark: 13,
  account: 14,
  scopes: 15,
  /** Two words, high first; all ones: never. */
  expires: 16,
  /** Two words, high first. */
  revision: 18,
  /** Up to three URL rules; or first the number of the compiled restrictions, or of the reason why the record is bad. */
  detail: 20,
  /** Counts what the slot has held, so that a reference to an earlier tenant is noticed. */
  generation: 23,
} as const;

export const FLAG = {
  /** Usage: 0 pk, 1 sk, 2 tk. */
  usage: 0b11,
  revoked: 1 << 2,
  bad: 1 << 3,
  suspended: 1 << 4,
  strictPaths: 1 << 5,
  /** `detail` is the number of compiled restrictions. */
  compiled: 1 << 6,
  /** How many URL rules `detail` holds, as a number above these bits. */
  rulesShift: 8,
  rules: 0b11 << 8,
  /** The record can be found. Without it the slot is free, or belongs to a snapshot that is on its way. */
  live: 1 << 16,
} as const;

const SEGMENT_SHIFT = 12;
/** Records of one segment. */
export const SEGMENT_RECORDS = 1 << SEGMENT_SHIFT;
const IN_SEGMENT = SEGMENT_RECORDS - 1;

/**
 * Records of fixed size side by side, in segments, so that growing copies nothing. A slot is a record's number; it
 * never moves. The content of a new slot is zero, save its generation.
 */
export interface RecordStore {
  readonly segments: readonly Uint32Array[];
  /** Slots that were ever in use: every slot is below. */
  readonly used: number;
  allocate(): number;
  /** The slot may be given to another record. */
  free(slot: number): void;
  /** A segment that came from disk whole. Its slots that are not live are free. */
  append(segment: Uint32Array): void;
}

export function createRecordStore(): RecordStore {
  const segments: Uint32Array[] = [];
  const vacant = createNumberList();
  let used = 0;

  function free(slot: number): void {
    const words = segmentOf(segments, slot);
    const base = baseOf(slot);
    const generation = (words[base + FIELD.generation] ?? 0) + 1;
    words.fill(0, base, base + RECORD_WORDS);
    words[base + FIELD.generation] = generation;
    vacant.push(slot);
  }

  return {
    segments,
    get used() {
      return used;
    },
    allocate() {
      const reused = vacant.pop();
      if (reused !== undefined) return reused;
      if (used >> SEGMENT_SHIFT === segments.length) {
        segments.push(new Uint32Array(SEGMENT_RECORDS * RECORD_WORDS));
      }
      used++;
      return used - 1;
    },
    free,
    append(segment) {
      segments.push(segment);
      const first = used;
      used += SEGMENT_RECORDS;
      for (let slot = used - 1; slot >= first; slot--) {
        if (((segment[baseOf(slot) + FIELD.flags] ?? 0) & FLAG.live) === 0) free(slot);
      }
    },
  };
}

export function segmentOf(segments: readonly Uint32Array[], slot: number): Uint32Array {
  const segment = segments[slot >>> SEGMENT_SHIFT];
  if (segment === undefined) throw new RangeError(`there is no slot ${slot}`);
  return segment;
}

/** Where in its segment a slot begins, in words. */
export function baseOf(slot: number): number {
  return (slot & IN_SEGMENT) * RECORD_WORDS;
}
