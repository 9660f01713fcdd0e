import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacedRun } from './paced-run.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A run that takes so long by the clock; `runs` holds when each began. */
function takes(ms: number) {
  const runs: number[] = [];
  const paced = createPacedRun(
    async () => {
      runs.push(performance.now());
      await vi.advanceTimersByTimeAsync(ms);
    },
    () => performance.now(),
  );
  return { paced, runs };
}

test('runs at once when it has nothing to catch up on', async () => {
  const { paced, runs } = takes(0);
  const began = performance.now();
  for (let count = 0; count < 3; count++) {
    paced.ask();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(runs).toEqual([began, began, began]);
});

test('pauses as long as it ran, and whoever asks meanwhile shares one run', async () => {
  const { paced, runs } = takes(20);
  const began = performance.now();
  paced.ask();
  await vi.advanceTimersByTimeAsync(0);
  for (let count = 0; count < 10; count++) paced.ask();
  await vi.advanceTimersByTimeAsync(19);
  expect(runs).toEqual([began]);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toEqual([began, began + 40]);
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toHaveLength(2);
});

test('runs no more after it was stopped', async () => {
  const { paced, runs } = takes(20);
  paced.ask();
  await vi.advanceTimersByTimeAsync(0);
  paced.ask();
  paced.stop();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toHaveLength(1);
});
