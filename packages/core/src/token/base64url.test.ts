import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64url, encodeBase64url } from './base64url.ts';

test('agrees with the platform on all bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      expect(encodeBase64url(bytes)).toBe(text);
      expect(decodeBase64url(text)).toEqual(bytes);
    }),
  );
});

test('every text that decodes is the one that its bytes encode to', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ABZabz019-_+/=.é \u0000'), maxLength: 12 });
  fc.assert(
    fc.property(letters, (text) => {
      const bytes = decodeBase64url(text);
      if (bytes !== undefined) expect(encodeBase64url(bytes)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  'A',
  'AA=',
  'AA==',
  'AB',
  'AAB',
  'A+AA',
  'A/AA',
  'AA A',
  'AAA\n',
  'ÀAAA',
  '\ud83dAAA',
  '\u{1F511}AA',
])('%j stands for no bytes', (text) => {
  expect(decodeBase64url(text)).toBeUndefined();
});
