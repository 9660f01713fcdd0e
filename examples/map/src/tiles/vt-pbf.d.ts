declare module 'vt-pbf' {
  import type { LegacyTile } from 'geojson-vt';

  /** Writes tiles of geojson-vt, by layer name, as one Mapbox vector tile. */
  export function fromGeojsonVt(
    layers: Readonly<Record<string, LegacyTile>>,
    options: { readonly version: 1 | 2; readonly extent: number },
  ): Uint8Array;
}
