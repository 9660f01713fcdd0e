import type { RecordStore } from './record-store.ts';
import { baseOf, segmentOf } from './record-store.ts';

/** Finds slots by words of their record that serve as a key. Keys are unique. */
export interface SlotIndex {
  /** The slot whose record has this key; -1: none. */
  find(key: Uint32Array): number;
  /**
   * {@link find}, for a key in the form in which `digestText` makes hashes. Only of an index by {@link firstWord}.
   * @param pairs two characters for each word of the key, high first
   */
  findPairs(pairs: string): number;
  /** Points the key of the slot's record to the slot, whatever it pointed to before. */
  set(slot: number): void;
  /** Removes the key of the slot's record, if it points to this slot. */
  remove(slot: number): void;
  readonly size: number;
  /**
   * {@link set} for many slots, in an index that is empty. Several times faster, because each of the small tables is filled at
   * once. Pauses at each yield; until the end some of the keys are not found.
   */
  fill(slots: Uint32Array): Generator<void, void>;
  /** Forgets all keys. */
  clear(): void;
}

/** Slots, and the hashes of their keys beside them. */
interface HashedSlots {
  readonly slots: Uint32Array;
  readonly hashes: Uint32Array;
}

/** A number from 0 to 2^32 - 1 for the key that stands at `at`, evenly spread. */
export type KeyHash = (words: Uint32Array, at: number) => number;

const SHARDS = 256;
const FIRST_ENTRIES = 8;
/** Slots that are filled in between two pauses: about a millisecond. */
const FILLED_AT_ONCE = 16_384;
/** An entry is a slot, counted from 1 so that 0 is empty, and above it eight bits of the hash. */
const TAG_SHIFT = 24;
const SLOT_BITS = (1 << TAG_SHIFT) - 1;
const NONE = -1;

/**
 * Linear probing in 256 tables, so that growing one of them takes little time. The keys themselves stand only in the
 * records; eight bits of the hash spare most look-ups in a record that has another key. Tables of one size lie side by side in
 * one array: a look-up among a million costs what it misses in the caches, and an array for each would be two misses more.
 *
 * @param at where the key stands in a record, in words
 * @param length words of the key
 */
export function createSlotIndex(store: RecordStore, at: number, length: number, hashOf: KeyHash): SlotIndex {
  const { segments } = store;
  /** By level: room for all shards, each with {@link FIRST_ENTRIES} × 2^level entries. */
  const arrays: (Uint32Array | undefined)[] = [new Uint32Array(SHARDS * FIRST_ENTRIES)];
  const levels = new Uint8Array(SHARDS);
  const sizes = new Uint32Array(SHARDS);
  let size = 0;

  function hashOfSlot(slot: number): number {
    return hashOf(segmentOf(segments, slot), baseOf(slot) + at);
  }

  function arrayOf(level: number): Uint32Array {
    const array = arrays[level] ?? new Uint32Array((SHARDS * FIRST_ENTRIES) << level);
    arrays[level] = array;
    return array;
  }

  function isAt(slot: number, key: Uint32Array, from: number): boolean {
    const words = segmentOf(segments, slot);
    const base = baseOf(slot) + at;
    for (let word = 0; word < length; word++) if (words[base + word] !== key[from + word]) return false;
    return true;
  }

  function hasPairs(slot: number, pairs: string): boolean {
    const words = segmentOf(segments, slot);
    const base = baseOf(slot) + at;
    for (let word = 0; word < length; word++) {
      if (((words[base + word] ?? 0) | 0) !== wordOf(pairs, word * 2)) return false;
    }
    return true;
  }

  /** Where in the array of its level the key stands; or, as -1 - place, where it would be put. */
  function placeOf(hash: number, key: Uint32Array, from: number): number {
    const shard = hash >>> TAG_SHIFT;
    const level = levels[shard] ?? 0;
    const array = arrayOf(level);
    const last = (FIRST_ENTRIES << level) - 1;
    const first = shard * (last + 1);
    const tag = tagOf(hash);
    for (let place = hash & last; ; place = (place + 1) & last) {
      const entry = array[first + place] ?? 0;
      if (entry === 0) return -1 - (first + place);
      if (entry >>> TAG_SHIFT === tag && isAt((entry & SLOT_BITS) - 1, key, from)) return first + place;
    }
  }

  function grow(shard: number): void {
    const level = levels[shard] ?? 0;
    const length = FIRST_ENTRIES << level;
    const former = arrayOf(level).subarray(shard * length, (shard + 1) * length);
    const larger = arrayOf(level + 1);
    const first = shard * length * 2;
    const last = length * 2 - 1;
    for (const entry of former) {
      if (entry === 0) continue;
      let place = hashOfSlot((entry & SLOT_BITS) - 1) & last;
      while (larger[first + place] !== 0) place = (place + 1) & last;
      larger[first + place] = entry;
    }
    levels[shard] = level + 1;
    if (!levels.includes(level)) arrays[level] = undefined;
  }

  // Loops of their own, for those of a generator are never compiled well.

  function hashPart({ slots, hashes }: HashedSlots, counts: Uint32Array, from: number): void {
    const end = Math.min(from + FILLED_AT_ONCE, slots.length);
    for (let index = from; index < end; index++) {
      const hash = hashOfSlot(slots[index] ?? 0);
      hashes[index] = hash;
      const shard = hash >>> TAG_SHIFT;
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
  }

  /** @param next where the next one of each shard goes */
  function sortPart(list: HashedSlots, sorted: HashedSlots, next: Uint32Array, from: number): void {
    const end = Math.min(from + FILLED_AT_ONCE, list.slots.length);
    for (let index = from; index < end; index++) {
      const hash = list.hashes[index] ?? 0;
      const to = next[hash >>> TAG_SHIFT] ?? 0;
      next[hash >>> TAG_SHIFT] = to + 1;
      sorted.slots[to] = list.slots[index] ?? 0;
      sorted.hashes[to] = hash;
    }
  }

  function putPart({ slots, hashes }: HashedSlots, from: number): void {
    const end = Math.min(from + FILLED_AT_ONCE, slots.length);
    for (let index = from; index < end; index++) {
      const slot = slots[index] ?? 0;
      const hash = hashes[index] ?? 0;
      putEntry(slot, hash, placeOf(hash, segmentOf(segments, slot), baseOf(slot) + at));
    }
  }

  function putEntry(slot: number, hash: number, place: number): void {
    const shard = hash >>> TAG_SHIFT;
    const array = arrayOf(levels[shard] ?? 0);
    const isNew = place < 0;
    array[isNew ? -1 - place : place] = ((tagOf(hash) << TAG_SHIFT) | (slot + 1)) >>> 0;
    if (!isNew) return;
    sizes[shard] = (sizes[shard] ?? 0) + 1;
    size++;
  }

  /** Closes the gap at `place` of a shard: entries after it move up where their hash lets them. */
  function close(shard: number, place: number): void {
    const level = levels[shard] ?? 0;
    const array = arrayOf(level);
    const last = (FIRST_ENTRIES << level) - 1;
    const first = shard * (last + 1);
    let gap = place;
    for (let next = (gap + 1) & last; array[first + next] !== 0; next = (next + 1) & last) {
      const entry = array[first + next] ?? 0;
      const home = hashOfSlot((entry & SLOT_BITS) - 1) & last;
      if (((next - home) & last) < ((next - gap) & last)) continue;
      array[first + gap] = entry;
      gap = next;
    }
    array[first + gap] = 0;
  }

  return {
    find(key) {
      const hash = hashOf(key, 0);
      const place = placeOf(hash, key, 0);
      return place < 0 ? NONE : ((arrayOf(levels[hash >>> TAG_SHIFT] ?? 0)[place] ?? 0) & SLOT_BITS) - 1;
    },
    // Every decision comes here: no call that is not inlined, and nothing read that is not needed.
    findPairs(pairs) {
      const hash = wordOf(pairs, 0);
      const shard = hash >>> TAG_SHIFT;
      const level = levels[shard] ?? 0;
      const array = arrays[level];
      if (array === undefined) return NONE;
      const last = (FIRST_ENTRIES << level) - 1;
      const first = shard * (last + 1);
      const tag = tagOf(hash);
      for (let place = hash & last; ; place = (place + 1) & last) {
        const entry = array[first + place] ?? 0;
        if (entry === 0) return NONE;
        if (entry >>> TAG_SHIFT !== tag) continue;
        const slot = (entry & SLOT_BITS) - 1;
        if (hasPairs(slot, pairs)) return slot;
      }
    },
    set(slot) {
      if (slot >= SLOT_BITS) throw new RangeError('a replica holds at most 16 million records');
      const words = segmentOf(segments, slot);
      const from = baseOf(slot) + at;
      const hash = hashOf(words, from);
      const shard = hash >>> TAG_SHIFT;
      let place = placeOf(hash, words, from);
      if (place < 0 && isFull((sizes[shard] ?? 0) + 1, levels[shard] ?? 0)) {
        grow(shard);
        place = placeOf(hash, words, from);
      }
      putEntry(slot, hash, place);
    },
    remove(slot) {
      const words = segmentOf(segments, slot);
      const from = baseOf(slot) + at;
      const hash = hashOf(words, from);
      const shard = hash >>> TAG_SHIFT;
      const place = placeOf(hash, words, from);
      const level = levels[shard] ?? 0;
      if (place < 0 || ((arrayOf(level)[place] ?? 0) & SLOT_BITS) - 1 !== slot) return;
      close(shard, place - shard * (FIRST_ENTRIES << level));
      sizes[shard] = (sizes[shard] ?? 1) - 1;
      size--;
    },
    get size() {
      return size;
    },
    clear() {
      arrays.fill(undefined);
      levels.fill(0);
      sizes.fill(0);
      size = 0;
      arrayOf(0);
    },
    *fill(slots) {
      const list = { slots, hashes: new Uint32Array(slots.length) };
      const counts = new Uint32Array(SHARDS);
      for (let from = 0; from < slots.length; from += FILLED_AT_ONCE) {
        hashPart(list, counts, from);
        yield;
      }
      const next = new Uint32Array(SHARDS);
      for (let shard = 0; shard < SHARDS; shard++) {
        const count = counts[shard] ?? 0;
        if (shard + 1 < SHARDS) next[shard + 1] = (next[shard] ?? 0) + count;
        while (isFull(count, levels[shard] ?? 0)) levels[shard] = (levels[shard] ?? 0) + 1;
      }
      for (const level of arrays.keys()) if (!levels.includes(level)) arrays[level] = undefined;
      const sorted = { slots: new Uint32Array(slots.length), hashes: new Uint32Array(slots.length) };
      for (let from = 0; from < slots.length; from += FILLED_AT_ONCE) {
        sortPart(list, sorted, next, from);
        yield;
      }
      for (let from = 0; from < slots.length; from += FILLED_AT_ONCE) {
        putPart(sorted, from);
        yield;
      }
    },
  };
}

/** The hash of keys that are as good as random: digests. */
export const firstWord: KeyHash = (words, at) => words[at] ?? 0;

/** The hash of keys of four words, however alike they are. */
export const fourWords: KeyHash = (words, at) => {
  let hash = words[at] ?? 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (words[at + 1] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39) ^ (words[at + 2] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (words[at + 3] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return (hash ^ (hash >>> 16)) >>> 0;
};

function isFull(count: number, level: number): boolean {
  return count * 4 > (FIRST_ENTRIES << level) * 3;
}

/** Bits that neither choose the shard nor, in shards of up to 65,536 entries, the place. */
function tagOf(hash: number): number {
  return (hash >>> 16) & 0xff;
}

/** Signed: such numbers are not put on the heap. */
function wordOf(pairs: string, at: number): number {
  return (pairs.charCodeAt(at) << 16) | pairs.charCodeAt(at + 1);
}
