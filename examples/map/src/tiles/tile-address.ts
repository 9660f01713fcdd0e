import type { TileAddress } from './tileset.ts';

const NUMBER = /^(0|[1-9][0-9]{0,8})$/;

/** Reads `z/x/y` from a path; undefined where one is not a plain number or lies outside the tile pyramid. */
export function parseTileAddress(z: string, x: string, y: string, maxZoom: number): TileAddress | undefined {
  if (!NUMBER.test(z) || !NUMBER.test(x) || !NUMBER.test(y)) return undefined;
  const address = { z: Number(z), x: Number(x), y: Number(y) };
  if (address.z > maxZoom) return undefined;
  const side = 2 ** address.z;
  return address.x < side && address.y < side ? address : undefined;
}
