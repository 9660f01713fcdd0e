import { setTimeout as pause } from 'node:timers/promises';
import type { GuessRow } from '../store/people-rows.ts';
import type { GuessStore } from '../store/people-store.ts';

/** So many guesses in a row may fail; then only another way in helps. */
export const GUESS_LIMIT = 100;
/** So many fail without a wait: fingers slip. */
const FREE_FAILURES = 3;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
const READ_AGAIN_LIMIT = 50;

export interface GuessRules {
  /** Counted on until a success, however long that takes; the very same statements run for nobody. */
  readonly isAboutSomebody?: boolean;
  /** So many may fail in a row; infinite: they only become more seldom. */
  readonly limit?: number;
}

export type Guess =
  | { readonly allowed: true }
  /** `waitMs` null: the limit is reached. */
  | { readonly allowed: false; readonly waitMs: number | null };

/** After the fourth failure a second, doubling, a quarter of an hour at most. */
export function waitAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures - FREE_FAILURES - 1, 30));
}

/**
 * Counts a guess as failed before it is looked at, so that guesses that come at once are no more than guesses one after the
 * other; a right one is told to `forgetGuess`. It looks and takes alike for keys about somebody and about nobody.
 */
export async function beginGuess(
  { store, now }: { readonly store: GuessStore; readonly now: () => number },
  key: string,
  { isAboutSomebody = false, limit = GUESS_LIMIT }: GuessRules = {},
): Promise<Guess> {
  for (let attempt = 0; attempt < READ_AGAIN_LIMIT; attempt++) {
    const seen = await store.guess(key);
    const at = now();
    if (seen !== undefined && seen.failures >= limit) return { allowed: false, waitMs: null };
    if (seen !== undefined && seen.nextAt > at) return { allowed: false, waitMs: seen.nextAt - at };
    const failures = (seen?.failures ?? 0) + 1;
    const row: GuessRow = { key, failures, nextAt: at + waitAfter(failures), isKept: isAboutSomebody };
    if (await store.replaceGuess(seen, row, at)) return { allowed: true };
    // Somebody else guesses at the same: what they left is looked at next.
    await pause(0);
  }
  return { allowed: false, waitMs: 1000 };
}
