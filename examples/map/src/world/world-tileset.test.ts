import { beforeAll, expect, test } from 'vitest';
import { readTile } from '../testing/read-tile.ts';
import type { TileAddress, Tileset } from '../tiles/tileset.ts';
import { readNaturalEarth } from './natural-earth.ts';
import { worldTileset } from './world-tileset.ts';

let world: Tileset;

beforeAll(async () => {
  world = worldTileset(await readNaturalEarth());
});

function layersOf(address: TileAddress): ReturnType<typeof readTile> {
  return readTile(world.cut(address) ?? new Uint8Array());
}

function namesIn(layer: string, address: TileAddress): unknown[] {
  return (layersOf(address)[layer] ?? []).map(({ name }) => name);
}

test('the whole world is in one tile, with every layer that its TileJSON tells', () => {
  expect(Object.keys(layersOf({ z: 0, x: 0, y: 0 })).sort()).toEqual(world.layers.map(({ id }) => id).sort());
  const names = namesIn('labels', { z: 0, x: 0, y: 0 });
  for (const name of ['Brazil', "Côte d'Ivoire", 'São Tomé and Principe', 'Japan', 'Arctic Ocean']) {
    expect(names).toContain(name);
  }
});

test('a deep tile holds what lies there and nothing else', () => {
  // The Rhine valley above Lake Constance.
  expect(new Set(namesIn('countries', { z: 8, x: 134, y: 89 }))).toEqual(
    new Set(['Austria', 'Germany', 'Liechtenstein', 'Switzerland']),
  );
});

test('Russia does not smear over the world where it crosses the antimeridian', () => {
  // The equator at 0°: a polygon with a jump from 180 to -180 would cover it.
  expect(namesIn('countries', { z: 4, x: 7, y: 4 })).not.toContain('Russia');
  expect(namesIn('countries', { z: 4, x: 0, y: 3 })).toContain('Russia');
});
