import type { FeatureCollection } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** A tileset that can be cut. `version` changes whenever its tiles do. */
export interface Tileset {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly maxZoom: number;
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly attribution: string | undefined;
  readonly layers: readonly { readonly id: string; readonly fields: Readonly<Record<string, string>> }[];
  /** A Mapbox vector tile (version 2), uncompressed; undefined where nothing is. */
  cut(address: TileAddress): Uint8Array<ArrayBuffer> | undefined;
}

const EXTENT = 4096;

/** Slices each layer once; tiles are then cut as they are asked for. */
export function tileCutter(
  layers: Readonly<Record<string, FeatureCollection>>,
  maxZoom: number,
): Tileset['cut'] {
  const slices = Object.entries(layers).map(
    ([name, features]) => [name, new GeoJSONVT(features, { maxZoom, extent: EXTENT, buffer: 64 })] as const,
  );
  return ({ z, x, y }) => {
    const found = slices.flatMap(([name, slice]) => {
      const tile = slice.getTile(z, x, y);
      return tile === null || tile.features.length === 0 ? [] : [[name, tile] as const];
    });
    if (found.length === 0) return undefined;
    return Uint8Array.from(fromGeojsonVt(Object.fromEntries(found), { version: 2, extent: EXTENT }));
  };
}
