import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

describe('jsonText', () => {
  it('is JSON of the same value, and lets no character through that steers a terminal or hides', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u009b31m', '\u202e', '\u{e0041}'));
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        const json = jsonText(value);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(json.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
      }),
    );
  });

  it('leaves letters of all languages as they are', () => {
    expect(jsonText(['网站', 'é'])).toBe('[\n  "网站",\n  "é"\n]');
  });
});
