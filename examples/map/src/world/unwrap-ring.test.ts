import { expect, test } from 'vitest';
import { unwrapLine, unwrapRing, withoutSheetEdge } from './unwrap-ring.ts';

test('a line that crosses the antimeridian goes on past 180 instead of jumping back', () => {
  const line = [
    [178, 60],
    [-179, 61],
    [-175, 62],
    [179, 63],
  ];
  expect(unwrapLine(line)).toEqual([
    [178, 60],
    [181, 61],
    [185, 62],
    [179, 63],
  ]);
});

test('a ring around the south pole is closed along the pole', () => {
  const ring = [
    [-180, -70],
    [-60, -72],
    [60, -72],
    [-180, -70],
  ];
  expect(unwrapRing(ring)).toEqual([
    [-180, -70],
    [-60, -72],
    [60, -72],
    [180, -70],
    [180, -90],
    [-180, -90],
    [-180, -70],
  ]);
});

test('a ring that comes back to its first longitude is left as it is', () => {
  const ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 0],
  ];
  expect(unwrapRing(ring)).toEqual(ring);
});

test('a coast is cut where it runs along the antimeridian', () => {
  const coast = [
    [179, 65],
    [180, 66],
    [180, 68],
    [178, 69],
  ];
  expect(withoutSheetEdge(coast)).toEqual([
    [
      [179, 65],
      [180, 66],
    ],
    [
      [180, 68],
      [178, 69],
    ],
  ]);
});
