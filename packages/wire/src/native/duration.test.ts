import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DurationSchema, formatDuration, parseDuration } from './duration.ts';

test.each([
  ['0s', 0],
  ['45s', 45_000],
  ['30m', 1_800_000],
  ['12h', 43_200_000],
  ['30d', 2_592_000_000],
])('%s is %i milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each(['', '7', 'd', '-1d', '1.5h', '7 d', '7D', '1w', 'P7D', '7d7h'])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBe(undefined);
  expect(DurationSchema.safeParse(text).success).toBe(false);
});

test('a whole number of seconds is written so that it is read as the same', () => {
  fc.assert(
    fc.property(fc.nat(2_592_000), (seconds) => {
      expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
    }),
  );
});
