import { dictionary } from '@zxcvbn-ts/language-common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passwordProblem } from './password-rule.ts';

const ADA = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace', hasSecondFactor: false };
const WITH_FACTOR = { ...ADA, hasSecondFactor: true };

describe('a password', () => {
  test.each([
    ['tram7otrtram7o', ADA, 'Choose a password of at least 15 characters; this one has 14.'],
    ['tram7ot', WITH_FACTOR, 'Choose a password of at least 8 characters; this one has 7.'],
    ['x'.repeat(1025), ADA, 'Choose a password of at most 1024 characters.'],
    ['12345678900987654321', ADA, 'This is one of the passwords that everybody tries first. Choose another.'],
    ['PassWord', WITH_FACTOR, 'This is one of the passwords that everybody tries first. Choose another.'],
    ['passwordpasswordpass', ADA, 'This repeats a short or common text. Choose another.'],
    ['x7x7x7x7x7x7x7x7', ADA, 'This repeats a short or common text. Choose another.'],
    ['abcdefghijklmnop', ADA, 'This is a run of neighbouring characters. Choose another.'],
    ['98765432109876543', ADA, 'This is a run of neighbouring characters. Choose another.'],
    [
      'ada.lovelace@example.com1',
      ADA,
      'This is little more than your name or e-mail address. Choose another.',
    ],
    ['AdaLovelace2026', ADA, 'This is little more than your name or e-mail address. Choose another.'],
    ['latchkeylatchkey26', ADA, 'This is little more than your name or e-mail address. Choose another.'],
  ])('%s is refused', (password, owner, problem) => {
    expect(passwordProblem(password, owner)).toBe(problem);
  });

  test.each([
    ['violet harbour 27 lanterns', ADA],
    ['tram7otr', WITH_FACTOR],
    ['紫色的港口有二十七盏明亮的灯笼', ADA],
    ['correct horse battery staple', ADA],
    ['my name is ada and I sail', ADA],
  ])('%s is taken: nothing but length and being rare is asked of it', (password, owner) => {
    expect(passwordProblem(password, owner)).toBeUndefined();
  });

  test('characters are counted, however a keyboard writes them', () => {
    // Each is two code units, and seven characters in all.
    expect(passwordProblem('🦦'.repeat(7), WITH_FACTOR)).toContain('this one has 7');
    // Full-width letters are the same password as plain ones.
    expect(passwordProblem('ｐａｓｓｗｏｒｄ', WITH_FACTOR)).toContain('everybody tries first');
  });

  test('no password of the list is taken, in whatever case', () => {
    const list = dictionary['passwords-common'].filter((text) => text.length >= 8);
    expect(list.length).toBeGreaterThan(10_000);
    fc.assert(
      fc.property(fc.constantFrom(...list), fc.boolean(), (text, isUpper) => {
        expect(passwordProblem(isUpper ? text.toUpperCase() : text, WITH_FACTOR)).toBeDefined();
      }),
    );
  });
});
