import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseOf, createRecordStore, FIELD, segmentOf } from './record-store.ts';
import type { KeyHash } from './slot-index.ts';
import { createSlotIndex, firstWord, fourWords } from './slot-index.ts';

/** Few words, so that keys collide and lie beside each other. */
const key = fc.array(fc.constantFrom(0, 1, 2, 0xffffffff), { minLength: 4, maxLength: 4 });
const step = fc.record({ do: fc.constantFrom('set', 'set', 'remove'), key });

test('it finds what a Map would find, whatever is put and removed in whatever order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const { index, write } = start();
      const model = new Map<string, number>();
      for (const { do: what, key: words } of steps) {
        const name = words.join();
        if (what === 'set') {
          const slot = write(words);
          index.set(slot);
          model.set(name, slot);
        } else {
          index.remove(model.get(name) ?? write(words));
          model.delete(name);
        }
        expect(index.size).toBe(model.size);
      }
      for (const { key: words } of steps) {
        expect(index.find(Uint32Array.from(words))).toBe(model.get(words.join()) ?? -1);
      }
    }),
    { numRuns: 300 },
  );
});

test('a key is found as text where it is found as words, and nowhere else', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.array(key, { maxLength: 60 }), (held, others) => {
      const { index, write } = start(firstWord);
      for (const words of held) index.set(write(words));
      for (const words of [...held, ...others]) {
        expect(index.findPairs(textOf(words))).toBe(index.find(Uint32Array.from(words)));
      }
    }),
    { numRuns: 300 },
  );
});

test('what is filled in at once is found as if it were set one by one, and can go on being changed', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.array(key, { maxLength: 20 }), (filled, later) => {
      const [one, other] = [start(), start()];
      const slots = filled.map((words) => one.write(words));
      for (const _ of one.index.fill(Uint32Array.from(slots)));
      for (const words of filled) other.index.set(other.write(words));
      for (const words of later) {
        one.index.set(one.write(words));
        other.index.set(other.write(words));
      }
      expect(one.index.size).toBe(other.index.size);
      for (const words of [...filled, ...later, [9, 9, 9, 9]]) {
        expect(one.index.find(Uint32Array.from(words))).toBe(other.index.find(Uint32Array.from(words)));
      }
    }),
    { numRuns: 300 },
  );
});

test('twenty thousand slots that are filled in at once are all found', () => {
  const { index, write } = start();
  const slots = Array.from({ length: 20_000 }, (_, n) => write([n, 0, 0, 0]));
  for (const _ of index.fill(Uint32Array.from(slots)));
  expect(index.size).toBe(20_000);
  for (const [n, slot] of slots.entries()) expect(index.find(Uint32Array.of(n, 0, 0, 0))).toBe(slot);
  for (let n = 20_000; n < 30_000; n++) expect(index.find(Uint32Array.of(n, 0, 0, 0))).toBe(-1);
});

test('it grows past any size without losing a slot', () => {
  const { index, write } = start();
  const slots = Array.from({ length: 20_000 }, (_, n) => write([n, 0, 0, 0]));
  for (const slot of slots) index.set(slot);
  for (const [n, slot] of slots.entries()) expect(index.find(Uint32Array.of(n, 0, 0, 0))).toBe(slot);
  for (let n = 20_000; n < 30_000; n++) expect(index.find(Uint32Array.of(n, 0, 0, 0))).toBe(-1);
});

test('a slot that no longer holds its key is not removed for the one that does', () => {
  const { index, write } = start();
  const [former, present] = [write([7, 7, 7, 7]), write([7, 7, 7, 7])];
  index.set(former);
  index.set(present);
  index.remove(former);
  expect(index.find(Uint32Array.of(7, 7, 7, 7))).toBe(present);
});

function textOf(words: readonly number[]): string {
  return String.fromCharCode(...words.flatMap((word) => [word >>> 16, word & 0xffff]));
}

function start(hashOf: KeyHash = fourWords) {
  const store = createRecordStore();
  const index = createSlotIndex(store, FIELD.id, 4, hashOf);
  const write = (words: readonly number[]): number => {
    const slot = store.allocate();
    segmentOf(store.segments, slot).set(words, baseOf(slot) + FIELD.id);
    return slot;
  };
  return { index, write };
}
