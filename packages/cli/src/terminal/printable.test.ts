import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

describe('printable', () => {
  it.each([
    ['Web site', 'Web site'],
    ['网站', '网站'],
    ['a\nb\tc', 'a b c'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u009b31m', '\\u009b31m'],
    ['abc\u202ecba', 'abc\\u202ecba'],
    ['pay\u200bpal', 'pay\\u200bpal'],
  ])('shows %j as %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('lets no control character through, whatever a note holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/\p{Cc}|\p{Cf}/u.test(printable(text))));
  });
});
