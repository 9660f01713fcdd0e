import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSteadyTime } from './steady-time.ts';

test('a second after the wall clock was set, to whatever time, it is the monotonic time again', () => {
  const step = fc.record({
    passed: fc.oneof(fc.nat(400), fc.nat(5000)),
    wallIsSetBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -5000, max: 5000 })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      let [monotonic, wall, sinceSet] = [5, 1e12, Number.POSITIVE_INFINITY];
      const steadyTime = createSteadyTime({ monotonic: () => monotonic });
      for (const { passed, wallIsSetBy } of steps) {
        monotonic += passed;
        wall += passed + wallIsSetBy;
        sinceSet = wallIsSetBy === 0 ? sinceSet + passed : 0;
        const told = steadyTime(wall);
        if (sinceSet >= 1000) expect(told).toBe(monotonic);
      }
    }),
    { numRuns: 2000 },
  );
});

test('while the wall clock is not set it is exact, and seldom reads the other', () => {
  let [monotonic, reads] = [0, 0];
  const steadyTime = createSteadyTime({
    monotonic() {
      reads++;
      return monotonic;
    },
  });
  for (monotonic = 0; monotonic < 10_000; monotonic++) expect(steadyTime(1e12 + monotonic)).toBe(monotonic);
  expect(reads).toBe(10);
});
