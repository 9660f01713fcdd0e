import { expect, test } from 'vitest';
import { parseTileAddress } from './tile-address.ts';

test.each([
  ['0', '0', '0', { z: 0, x: 0, y: 0 }],
  ['8', '255', '255', { z: 8, x: 255, y: 255 }],
  ['0', '1', '0', undefined],
  ['8', '0', '256', undefined],
  ['9', '0', '0', undefined],
  ['-1', '0', '0', undefined],
  ['1e1', '0', '0', undefined],
  ['00', '0', '0', undefined],
  ['1', '0.5', '0', undefined],
  ['99999999999999999999', '0', '0', undefined],
])('%s/%s/%s', (z, x, y, address) => {
  expect(parseTileAddress(z, x, y, 8)).toEqual(address);
});
