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
  /** So many may fail in a row; infinite: they only become more seldom. */
  readonly limit?: number;
  /** How long the next one has to wait after so many, ms. */
  readonly waitAfter?: (failures: number) => number;
  /** Where nothing was tried for so long after a next try was possible, counting begins anew, ms. */
  readonly forgottenAfterMs?: number;
}

export type Guess =
  | { readonly allowed: true }
  /** `waitMs` null: the limit is reached. */
  | GuessRefused;

export interface GuessRefused {
  readonly allowed: false;
  readonly waitMs: number | null;
}

/** After the fourth failure a second, doubling, a quarter of an hour at most. */
export function waitAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures - FREE_FAILURES - 1, 30));
}

/** Whether one more may be tried at `at`, by what was seen of those before, and the row that then counts it as failed. */
export function judgeGuess(
  seen: GuessRow | undefined,
  key: string,
  at: number,
  {
    limit = GUESS_LIMIT,
    waitAfter: wait = waitAfter,
    forgottenAfterMs = Number.POSITIVE_INFINITY,
  }: GuessRules = {},
): { readonly allowed: true; readonly row: GuessRow } | GuessRefused {
  const before = seen === undefined || at >= seen.nextAt + forgottenAfterMs ? undefined : seen;
  if (before !== undefined && before.failures >= limit) return { allowed: false, waitMs: null };
  if (before !== undefined && before.nextAt > at) return { allowed: false, waitMs: before.nextAt - at };
  const failures = (before?.failures ?? 0) + 1;
  return { allowed: true, row: { key, failures, nextAt: at + wait(failures) } };
}

/**
 * Counts a guess as failed before it is looked at, so that guesses that come at once are no more than guesses one after the
 * other; a right one is told to `forgetGuess`. It looks and takes alike for keys about somebody and about nobody.
 */
export async function beginGuess(
  { store, now }: { readonly store: GuessStore; readonly now: () => number },
  key: string,
  rules?: GuessRules,
): Promise<Guess> {
  for (let attempt = 0; attempt < READ_AGAIN_LIMIT; attempt++) {
    const seen = await store.guess(key);
    const at = now();
    const judged = judgeGuess(seen, key, at, rules);
    if (!judged.allowed) return judged;
    if (await store.replaceGuess(seen, judged.row, at)) return { allowed: true };
    // Somebody else guesses at the same: what they left is looked at next.
    await pause(0);
  }
  return { allowed: false, waitMs: 1000 };
}
