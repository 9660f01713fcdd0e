import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SweepStore } from './store/store.ts';

/** Whoever sends a creating call again after this long gets another token. */
const KEEP_KEYS_MS = 7 * 24 * 3600 * 1000;
/** A matter of some milliseconds, between changes. */
const STEP = 1000;

/** Forgets all but the newest changes, and idempotency keys of over a week ago, in small steps so that changes come between. */
export async function sweepHistory(deps: {
  readonly store: Pick<SweepStore, 'sweepChanges' | 'sweepIdempotency'>;
  readonly keepChanges: number;
  /** Unix milliseconds. */
  readonly now: () => number;
}): Promise<{ readonly changes: number; readonly keys: number }> {
  const { store, keepChanges, now } = deps;
  return {
    changes: await inSteps(() => store.sweepChanges({ keep: keepChanges, limit: STEP })),
    keys: await inSteps(() => store.sweepIdempotency({ before: now() - KEEP_KEYS_MS, limit: STEP })),
  };
}

async function inSteps(step: () => Promise<number>): Promise<number> {
  let gone = 0;
  for (;;) {
    const now = await step();
    gone += now;
    if (now < STEP) return gone;
    // The store may work in this very thread: requests come first.
    await nextTurn();
  }
}
