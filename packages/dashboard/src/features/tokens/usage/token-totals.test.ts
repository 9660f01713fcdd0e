import { expect, test } from 'vitest';
import { tokenTotals } from './token-totals.ts';

test('each token is one line with what was allowed and refused, the most used first', () => {
  const rows = [
    { token: 'a', kind: 'allowed', count: 3 },
    { token: 'b', kind: 'refused', count: 9 },
    { token: 'a', kind: 'refused', count: 1 },
    { token: null, kind: 'refused', count: 5 },
  ];
  expect(tokenTotals(rows)).toEqual([
    { token: 'b', allowed: 0, refused: 9 },
    { token: null, allowed: 0, refused: 5 },
    { token: 'a', allowed: 3, refused: 1 },
  ]);
});
