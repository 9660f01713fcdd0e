import type { SweepStore } from '../store/store.ts';

/** An expired token is kept for a day, so that validate can still say `TokenExpired` and a wrong clock revives nothing. */
const KEPT_AFTER_EXPIRY_MS = 24 * 3600 * 1000;
const STEP = 500;

/** Forgets temporary tokens that expired over a day ago, in small steps so that changes come between. Answers how many. */
export async function sweepTemporaryTokens(deps: {
  readonly store: SweepStore;
  /** Unix milliseconds. */
  readonly now: () => number;
}): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const expiredBefore = deps.now() - KEPT_AFTER_EXPIRY_MS;
    const step = await deps.store.sweepTemporary({ expiredBefore, limit: STEP });
    forgotten += step;
    if (step < STEP) return forgotten;
  }
}
