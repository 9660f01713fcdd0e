import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GuessRow } from '../store/people-rows.ts';
import type { GuessStore } from '../store/people-store.ts';
import { beginGuess, GUESS_LIMIT, waitAfter } from './guess-limit.ts';

/** The rows in memory, replaced as the store promises. */
function openGuesses(): GuessStore {
  const rows = new Map<string, GuessRow>();
  return {
    guess: async (key) => rows.get(key),
    async replaceGuess(seen, row) {
      const now = rows.get(row.key);
      if (now?.failures !== seen?.failures || now?.nextAt !== seen?.nextAt) return false;
      rows.set(row.key, row);
      return true;
    },
    forgetGuess: async (key) => void rows.delete(key),
    sweepGuesses: async () => 0,
  };
}

test('waits grow and are never longer than a quarter of an hour', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (failures) => {
      expect(waitAfter(failures + 1)).toBeGreaterThanOrEqual(waitAfter(failures));
      expect(waitAfter(failures)).toBeLessThanOrEqual(15 * 60_000);
    }),
  );
});

test('however tries are spread over time, and however many come at once, a hundred in a row are looked at', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ atOnce: fc.integer({ min: 1, max: 20 }), passMs: fc.nat(1_000_000) }), {
        maxLength: 300,
      }),
      async (bursts) => {
        const store = openGuesses();
        let now = 0;
        let lookedAt = 0;
        let allowedUntil = 0;
        for (const { atOnce, passMs } of bursts) {
          const answers = await Promise.all(
            Array.from({ length: atOnce }, () => beginGuess({ store, now: () => now }, 'somebody')),
          );
          const allowed = answers.filter((answer) => answer.allowed).length;
          if (allowed > 0) expect(now).toBeGreaterThanOrEqual(allowedUntil);
          lookedAt += allowed;
          if (allowed > 0) allowedUntil = now + waitAfter(lookedAt);
          now += passMs;
        }
        expect(lookedAt).toBeLessThanOrEqual(GUESS_LIMIT);
      },
    ),
    { numRuns: 50 },
  );
});

test('a success lets the count begin anew', async () => {
  const store = openGuesses();
  let now = 0;
  for (let turn = 0; turn < 3; turn++) {
    for (let tries = 0; tries < GUESS_LIMIT; tries++) {
      expect(await beginGuess({ store, now: () => now }, 'k')).toEqual({ allowed: true });
      now += 15 * 60_000;
    }
    expect(await beginGuess({ store, now: () => now }, 'k')).toEqual({ allowed: false, waitMs: null });
    await store.forgetGuess('k');
  }
});
