import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime, parseIsoTime } from './iso-time.ts';

const moment = Date.UTC(2026, 8, 15, 19, 27, 53);

test.each([
  ['2026-09-15T19:27:53Z', moment],
  ['2026-09-15T19:27:53.000Z', moment],
  ['2026-09-15T19:27:53.123Z', moment + 123],
  ['2026-09-15T19:27:53.5Z', moment + 500],
  ['2026-09-15T15:27:53-04:00', moment],
  ['2026-09-16T00:57:53.000+05:30', moment],
  ['2026-09-15T19:27:53.123456', moment + 123],
  ['2026-09-15T19:27:53', moment],
  ['2026-09-15T19:27:53.123456+00:00', moment + 123],
])('%s is read as the moment that clients mean', (text, expected) => {
  expect(parseIsoTime(text)).toBe(expected);
});

test.each([
  '',
  'tomorrow',
  '2026-09-15',
  '1789500473',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-09-15T24:00:00Z',
  '2026-09-15T19:60:00Z',
  '2026-09-15T19:27:53+24:00',
  '2026-09-15T19:27:53ZZ',
  ' 2026-09-15T19:27:53Z',
  '+02026-09-15T19:27:53Z',
])('%j is no time', (text) => {
  expect(parseIsoTime(text)).toBeUndefined();
});

test('reads back every time that it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (unixMs) => {
      expect(parseIsoTime(isoTime(unixMs))).toBe(unixMs);
    }),
  );
});
