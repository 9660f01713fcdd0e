import { type Tileset, tileCutter } from '../tiles/tileset.ts';
import { NATURAL_EARTH_CREDIT, type World } from './natural-earth.ts';

/** The id of the base map's tileset. It has no dot, so that no account's tileset can have the same. */
export const WORLD_TILESET = 'world';

/** Deep enough for Natural Earth's detail; clients draw deeper zooms from these tiles. */
const MAX_ZOOM = 8;

export function worldTileset(world: World): Tileset {
  return {
    id: WORLD_TILESET,
    name: 'Natural Earth, countries 1:10m',
    version: '1',
    maxZoom: MAX_ZOOM,
    bounds: [-180, -85.0511, 180, 85.0511],
    attribution: NATURAL_EARTH_CREDIT,
    layers: [
      { id: 'countries', fields: { name: 'String', colour: 'Number' } },
      { id: 'borders', fields: {} },
      { id: 'coast', fields: {} },
      { id: 'labels', fields: { name: 'String', kind: 'String', rank: 'Number' } },
    ],
    cut: tileCutter({ ...world }, MAX_ZOOM),
  };
}
