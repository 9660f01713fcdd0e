import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestText } from './digest.ts';

test('a digest is the 32 bytes of SHA-256, two in each character, whatever characters they make', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const digest = digestText(text);
      expect(digest).toHaveLength(16);
      expect(Buffer.from(digest, 'utf16le')).toEqual(createHash('sha256').update(text).digest());
    }),
    { numRuns: 2000 },
  );
});
