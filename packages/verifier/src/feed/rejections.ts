import type { RejectedRecord } from '@latchkey/wire/feed';

/** Records that could not be read: told to the server once, and the newest kept for people. */
export interface Rejections {
  add(rejected: RejectedRecord): void;
  /** What has not been told yet, at most `limit`, oldest first. */
  untold(limit: number): readonly RejectedRecord[];
  /** The first `count` of the untold have arrived. */
  told(count: number): void;
  newest(): readonly RejectedRecord[];
  /** How many there have been in all. */
  readonly count: number;
}

const KEPT = 100;
const MAX_UNTOLD = 10_000;

export function createRejections(): Rejections {
  let untold: RejectedRecord[] = [];
  let newest: RejectedRecord[] = [];
  let count = 0;
  return {
    add(rejected) {
      count++;
      newest = [...newest.slice(1 - KEPT), rejected];
      if (untold.length < MAX_UNTOLD) untold.push(rejected);
    },
    untold: (limit) => untold.slice(0, limit),
    told(arrived) {
      untold = untold.slice(arrived);
    },
    newest: () => newest,
    get count() {
      return count;
    },
  };
}
