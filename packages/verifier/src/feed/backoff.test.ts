import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('waits are spread from nothing up to a bound that doubles from 250 ms to 30 s, for ever', () => {
  const longest = createBackoff(() => 1 - Number.EPSILON);
  const bounds = Array.from({ length: 9 }, () => Math.round(longest.next()));
  expect(bounds).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  const shortest = createBackoff(() => 0);
  expect(Array.from({ length: 2000 }, () => shortest.next()).every((wait) => wait === 0)).toBe(true);
});

test('what the server asks for is the least, within five minutes, and the first wait is short again after a success', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.nat(1000),
      (random, floor) => {
        const backoff = createBackoff(() => random);
        backoff.next();
        const wait = backoff.next(floor);
        expect(wait).toBeGreaterThanOrEqual(Math.min(floor, 300) * 1000);
        expect(wait).toBeLessThanOrEqual(Math.min(floor, 300) * 1000 + 500);
        backoff.reset();
        expect(backoff.next()).toBeLessThanOrEqual(250);
      },
    ),
  );
});
