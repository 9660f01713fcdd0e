import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineReader } from './line-reader.ts';

function readAll(chunks: readonly Uint8Array[], maxBytes: number) {
  const lines: (string | null)[] = [];
  const seen: number[] = [];
  const reader = createLineReader(maxBytes, {
    onLine: (text) => lines.push(text),
    onLongLine: () => lines.push(null),
    onBytes: (bytes) => seen.push(...bytes),
  });
  for (const chunk of chunks) reader.push(chunk);
  return { lines, seen };
}

test('any cutting gives the same lines, and every byte of whole lines is told once, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll(/[\r\n]/g, ''))),
      fc.array(fc.nat(3000)),
      fc.integer({ min: 1, max: 40 }),
      (texts, places, maxBytes) => {
        const bytes = new TextEncoder().encode(texts.map((text) => `${text}\n`).join(''));
        const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
        const chunks = [0, ...sorted].map((from, index) => bytes.slice(from, sorted[index] ?? bytes.length));
        const expected = texts.map((text) => (Buffer.byteLength(text) > maxBytes ? null : text));
        expect(readAll(chunks, maxBytes).lines).toEqual(expected);
        expect(readAll(chunks, maxBytes).seen).toEqual([...bytes]);
      },
    ),
  );
});
