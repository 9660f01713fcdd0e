import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** The layers of a vector tile, read as a map client reads them: properties of the features, in their order. */
export function readTile(
  bytes: Uint8Array,
): Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => [
      name,
      Array.from({ length: layer.length }, (_, index) => layer.feature(index).properties),
    ]),
  );
}
