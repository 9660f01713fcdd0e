import type { RecordStore } from './record-store.ts';
import { baseOf, segmentOf } from './record-store.ts';

/** Finds slots by words of their record that serve as a key. Keys are unique. */
export interface SlotIndex {
  /** The slot whose record has this key; -1: none. */
  find(key: Uint32Array): number;
  /** Points the key of the slot's record to the slot, whatever it pointed to before. */
  set(slot: number): void;
  /** Removes the key of the slot's record, if it points to this slot. */
  remove(slot: number): void;
  readonly size: number;
  /** Makes room for so many keys at once, in an index that is empty. */
  reserve(count: number): void;
}

const SHARDS = 256;
const FIRST_ENTRIES = 8;
/** A shard may have so many times the keys of the average one. */
const UNEVENNESS = 1.1;
/** An entry is a slot, counted from 1 so that 0 is empty, and above it eight bits of the hash. */
const TAG_SHIFT = 24;
const SLOT_BITS = (1 << TAG_SHIFT) - 1;

/**
 * Linear probing in 256 tables, so that growing one of them takes little time. The keys themselves stand only in the
 * records; eight bits of the hash spare most look-ups in a record that has another key.
 *
 * @param at where the key stands in a record, in words
 * @param length words of the key, at least four
 */
export function createSlotIndex(store: RecordStore, at: number, length: number): SlotIndex {
  const { segments } = store;
  const shards: (Uint32Array | undefined)[] = new Array(SHARDS).fill(undefined);
  const sizes = new Uint32Array(SHARDS);
  const own = new Uint32Array(length);
  let size = 0;

  function keyOf(slot: number): Uint32Array {
    const words = segmentOf(segments, slot);
    const base = baseOf(slot) + at;
    for (let word = 0; word < length; word++) own[word] = words[base + word] ?? 0;
    return own;
  }

  function hasKey(slot: number, key: Uint32Array): boolean {
    const words = segmentOf(segments, slot);
    const base = baseOf(slot) + at;
    for (let word = 0; word < length; word++) if (words[base + word] !== key[word]) return false;
    return true;
  }

  /** Where in its shard the key stands; or, as -1 - place, where it would be put. */
  function placeOf(shard: Uint32Array, hash: number, key: Uint32Array): number {
    const last = shard.length - 1;
    const tag = tagOf(hash);
    for (let place = hash & last; ; place = (place + 1) & last) {
      const entry = shard[place] ?? 0;
      if (entry === 0) return -1 - place;
      if (entry >>> TAG_SHIFT === tag && hasKey((entry & SLOT_BITS) - 1, key)) return place;
    }
  }

  function grow(shard: Uint32Array): Uint32Array {
    const larger = new Uint32Array(shard.length * 2);
    const last = larger.length - 1;
    for (const entry of shard) {
      if (entry === 0) continue;
      let place = hashOf(keyOf((entry & SLOT_BITS) - 1)) & last;
      while (larger[place] !== 0) place = (place + 1) & last;
      larger[place] = entry;
    }
    return larger;
  }

  /** Closes the gap at `place`: entries after it move up where their hash lets them. */
  function close(shard: Uint32Array, place: number): void {
    const last = shard.length - 1;
    let gap = place;
    for (let next = (gap + 1) & last; shard[next] !== 0; next = (next + 1) & last) {
      const entry = shard[next] ?? 0;
      const home = hashOf(keyOf((entry & SLOT_BITS) - 1)) & last;
      if (((next - home) & last) < ((next - gap) & last)) continue;
      shard[gap] = entry;
      gap = next;
    }
    shard[gap] = 0;
  }

  return {
    find(key) {
      const hash = hashOf(key);
      const shard = shards[hash >>> TAG_SHIFT];
      if (shard === undefined) return -1;
      const place = placeOf(shard, hash, key);
      return place < 0 ? -1 : ((shard[place] ?? 0) & SLOT_BITS) - 1;
    },
    set(slot) {
      if (slot >= SLOT_BITS) throw new RangeError('a replica holds at most 16 million records');
      const key = keyOf(slot);
      const hash = hashOf(key);
      const number = hash >>> TAG_SHIFT;
      let shard = shards[number] ?? new Uint32Array(FIRST_ENTRIES);
      let place = placeOf(shard, hash, key);
      const entry = ((tagOf(hash) << TAG_SHIFT) | (slot + 1)) >>> 0;
      if (place >= 0) {
        shard[place] = entry;
        return;
      }
      const count = (sizes[number] ?? 0) + 1;
      if (count * 4 > shard.length * 3) {
        shard = grow(shard);
        place = placeOf(shard, hash, keyOf(slot));
      }
      shards[number] = shard;
      shard[-1 - place] = entry;
      sizes[number] = count;
      size++;
    },
    remove(slot) {
      const key = keyOf(slot);
      const hash = hashOf(key);
      const number = hash >>> TAG_SHIFT;
      const shard = shards[number];
      if (shard === undefined) return;
      const place = placeOf(shard, hash, key);
      if (place < 0 || ((shard[place] ?? 0) & SLOT_BITS) - 1 !== slot) return;
      close(shard, place);
      sizes[number] = (sizes[number] ?? 1) - 1;
      size--;
    },
    get size() {
      return size;
    },
    reserve(count) {
      if (size > 0) return;
      const each = (count / SHARDS) * UNEVENNESS;
      let length = FIRST_ENTRIES;
      while (each * 4 > length * 3) length *= 2;
      for (let number = 0; number < SHARDS; number++) shards[number] = new Uint32Array(length);
    },
  };
}

/** Ids need not be random, so all words of a key go in; of a digest, half of them are enough. */
function hashOf(key: Uint32Array): number {
  let hash = key[0] ?? 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (key[1] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39) ^ (key[2] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (key[3] ?? 0);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Bits that neither choose the shard nor, in shards of up to 65,536 entries, the place. */
function tagOf(hash: number): number {
  return (hash >>> 16) & 0xff;
}
