import { expect, test } from 'vitest';
import { asLabel } from './json-fields.ts';

test('a label that would steer a terminal, from a log say, is none', () => {
  for (const text of ['\u001b[2J', '\u009b2J', '\u007f', '\u0085', 'a\nb'])
    expect(asLabel(text, 100)).toBeUndefined();
  for (const text of ['maps-1', '地图', '\u00a0']) expect(asLabel(text, 100)).toBe(text);
});
