import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

const start = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a key is refused from its limit on until a minute after its first call', async () => {
  const limit = createRateLimit(2);
  expect((await limit.take('acme')).allowed).toBe(true);
  vi.advanceTimersByTime(20_000);
  expect((await limit.take('acme')).allowed).toBe(true);
  const refused = await limit.take('acme');
  expect(refused).toEqual({
    allowed: false,
    headers: {
      'x-rate-limit-limit': '2',
      'x-rate-limit-interval': '60',
      'x-rate-limit-reset': String(start / 1000 + 60),
      'retry-after': '40',
    },
  });
  vi.advanceTimersByTime(39_999);
  expect((await limit.take('acme')).allowed).toBe(false);
  vi.advanceTimersByTime(1);
  expect((await limit.take('acme')).allowed).toBe(true);
});

test('one key does not spend the allowance of another', async () => {
  const limit = createRateLimit(1);
  await limit.take('acme');
  expect((await limit.take('acme')).allowed).toBe(false);
  expect((await limit.take('rival')).allowed).toBe(true);
});

test('a limit of 0 is none, and says nothing', async () => {
  const limit = createRateLimit(0);
  for (let count = 0; count < 1000; count++) {
    expect(await limit.take('acme')).toEqual({ allowed: true, headers: {} });
  }
});
