import type { Head } from '../store/rows.ts';
import type { FeedStore } from '../store/store.ts';
import type { BuiltSnapshot } from './built-snapshot.ts';

export interface SnapshotCache {
  /**
   * A snapshot whose tail is short, not older than `atLeast` (a revision of the present epoch). Any number of readers
   * share one; the store is read again only when it no longer serves. Rejects with the store's error.
   */
  get(atLeast: number): Promise<BuiltSnapshot>;
}

/** A reader of an older snapshot would spend longer on the tail than on a new snapshot. */
const LONGEST_TAIL = 10_000;

export function createSnapshotCache(
  store: Pick<FeedStore, 'snapshot' | 'head' | 'chainAt'>,
  build: (store: Pick<FeedStore, 'snapshot'>) => Promise<BuiltSnapshot>,
): SnapshotCache {
  let cached: BuiltSnapshot | undefined;
  let building: Promise<BuiltSnapshot> | undefined;

  async function isServiceable(snapshot: BuiltSnapshot, head: Head): Promise<boolean> {
    if (snapshot.head.epoch !== head.epoch || snapshot.head.revision > head.revision) return false;
    if (head.revision - snapshot.head.revision > LONGEST_TAIL) return false;
    return (await store.chainAt(snapshot.head.revision)) === snapshot.head.chain;
  }

  function rebuild(): Promise<BuiltSnapshot> {
    building ??= build(store)
      .then((snapshot) => {
        cached = snapshot;
        return snapshot;
      })
      .finally(() => {
        building = undefined;
      });
    return building;
  }

  return {
    async get(atLeast) {
      const head = await store.head();
      if (cached !== undefined && cached.head.revision >= atLeast && (await isServiceable(cached, head))) {
        return cached;
      }
      const first = await rebuild();
      // A building that had begun earlier may be older than what this reader needs; the next one is not.
      return first.head.revision >= atLeast ? first : rebuild();
    },
  };
}
