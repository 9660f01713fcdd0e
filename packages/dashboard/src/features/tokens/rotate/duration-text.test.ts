import { expect, test } from 'vitest';
import { durationText } from './duration-text.ts';

test.each([
  ['1h', 'en', '1 hour'],
  ['7d', 'en', '7 days'],
  ['45m', 'zh-Hans', '45分钟'],
  ['soon', 'en', 'soon'],
])('%s is in %s "%s"', (duration, locale, text) => {
  expect(durationText(duration, locale)).toBe(text);
});
