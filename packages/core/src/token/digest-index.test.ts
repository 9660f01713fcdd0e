import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDigestIndex } from './digest-index.ts';

const digestOf = (text: string) => hash('sha256', text, 'binary');
/** Digests of few different bytes, so that many share their first words and their slots. */
const alike = fc.string({ unit: fc.constantFrom('\u0000', '\u00ff'), minLength: 32, maxLength: 32 });
const anyDigest = fc.oneof(alike, fc.string().map(digestOf));

test('it finds what a Map would find, whatever digests collide', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyDigest, fc.nat()), { maxLength: 300 }),
      anyDigest,
      (entries, stranger) => {
        const index = createDigestIndex<number>();
        const model = new Map(entries);
        for (const [digest, value] of entries) index.set(digest, value);
        expect(index.size).toBe(model.size);
        for (const [digest, value] of model) expect(index.get(digest)).toBe(value);
        expect(index.get(stranger)).toBe(model.get(stranger));
      },
    ),
  );
});

test('it grows past any size without losing an entry', () => {
  const index = createDigestIndex<number>();
  for (let n = 0; n < 20_000; n += 1) index.set(digestOf(`token ${n}`), n);
  for (let n = 0; n < 20_000; n += 1) expect(index.get(digestOf(`token ${n}`))).toBe(n);
  for (let n = 0; n < 1_000; n += 1) expect(index.get(digestOf(`stranger ${n}`))).toBeUndefined();
});

test('a digest that differs from another in one bit is another', () => {
  const index = createDigestIndex<string>();
  const digest = digestOf('token');
  index.set(digest, 'found');
  for (let bit = 0; bit < 256; bit += 1) {
    const at = bit >> 3;
    const flipped = String.fromCharCode(digest.charCodeAt(at) ^ (1 << (bit & 7)));
    expect(index.get(digest.slice(0, at) + flipped + digest.slice(at + 1))).toBeUndefined();
  }
});

test.each(['', 'x', 'a'.repeat(31), 'a'.repeat(33), hash('sha256', 'token', 'base64url')])(
  'what is no digest finds nothing and is not taken: %j',
  (text) => {
    const index = createDigestIndex<string>();
    index.set('a'.repeat(32), 'found');
    expect(index.get(text)).toBeUndefined();
    expect(() => index.set(text, 'other')).toThrow(TypeError);
  },
);

test('characters of more than one byte are not taken for a digest', () => {
  expect(() => createDigestIndex<string>().set('\u0100'.repeat(32), 'x')).toThrow(TypeError);
});
