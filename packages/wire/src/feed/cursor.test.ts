import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCursor, parseCursor } from './cursor.ts';

test('a cursor that is formatted parses to the same place', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      fc.maxSafeNat(),
      fc.stringMatching(/^[0-9a-f]{16}$/),
      (epoch, revision, chain) => {
        expect(parseCursor(formatCursor({ epoch, revision, chain }))).toEqual({ epoch, revision, chain });
      },
    ),
  );
});

test.each([
  '',
  '.',
  'e.1',
  'e.1.0123456789abcdef.x',
  'e.01.0123456789abcdef',
  'e.-1.0123456789abcdef',
  'e.1e3.0123456789abcdef',
  'e.9999999999999999.0123456789abcdef',
  'e.1.0123456789ABCDEF',
  'e.1.0123456789abcde',
  ' e.1.0123456789abcdef',
  'e.1.0123456789abcdef\n',
  '.1.0123456789abcdef',
])('%j is no cursor', (text) => {
  expect(parseCursor(text)).toBeUndefined();
});
