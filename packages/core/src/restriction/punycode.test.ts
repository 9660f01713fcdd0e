import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLabel } from './punycode.ts';

test.each([
  ['xn--bcher-kva', 'bücher'],
  ['xn--fiqs8s', '中国'],
  ['xn--e1afmkfd', 'пример'],
  ['xn--strae-oqa', 'straße'],
  ['xn--5ck2eqb538s34z', '東京タワー'],
  ['example', 'example'],
])('%s decodes to %s', (label, letters) => {
  expect(decodeLabel(label)).toBe(letters);
});

test.each(['xn--!', 'xn--99999999', 'xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzz'])('%s does not decode', (label) => {
  expect(decodeLabel(label)).toBeUndefined();
});

test('every label that a URL parser writes decodes to what it was made of', () => {
  const letters = fc.array(fc.constantFrom('a', 'z', '7', 'é', 'ß', 'я', '中', '😀'), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(letters, (characters) => {
      const label = characters.join('');
      const { hostname } = new URL(`http://${label}.example`);
      expect(decodeLabel(hostname.slice(0, -'.example'.length))).toBe(label);
    }),
  );
});

test('no label makes decoding throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeLabel(`xn--${text}`)));
});
