import { expect, test } from 'vitest';
import { describeError, readRetryAfter } from './failed-call.ts';

test.each([
  [null, undefined],
  ['0', 0],
  [' 12 ', 12],
  ['Mon, 23 Nov 2026 12:00:30 GMT', 30],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['1e9', undefined],
])('Retry-After: %s asks for %s seconds', (header, seconds) => {
  expect(readRetryAfter(header, Date.parse('2026-11-23T12:00:00Z'))).toBe(seconds);
});

test('an error tells its causes, and anything may be thrown', () => {
  const cause = new Error('connect ECONNREFUSED');
  expect(describeError(new TypeError('fetch failed', { cause }))).toBe('fetch failed: connect ECONNREFUSED');
  expect(describeError(undefined)).toBe('unknown error');
});
