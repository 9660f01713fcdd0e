import { readFile } from 'node:fs/promises';
import type {
  Feature,
  FeatureCollection,
  LineString,
  MultiLineString,
  Point,
  Polygon,
  Position,
} from 'geojson';
import { feature, mesh, neighbors } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { COLOURS, colourCountries } from './colour-countries.ts';
import { labelPoint } from './label-point.ts';
import { oceanNames } from './ocean-names.ts';
import { unwrapLine, unwrapRing, withoutSheetEdge } from './unwrap-ring.ts';

type WorldTopology = Topology<{ readonly countries: GeometryCollection<{ readonly name: string }> }>;

/** The layers of the tileset `world`, by name; what each feature carries is said here and nowhere else. */
export interface World {
  /** `name`, and `colour` (0 to 5, no two neighbours alike save where six do not suffice). */
  readonly countries: FeatureCollection<Polygon>;
  /** Borders between two countries. */
  readonly borders: FeatureCollection<LineString>;
  readonly coast: FeatureCollection<LineString>;
  /** `name`, `kind` (`country` or `ocean`) and `rank` (0 the largest; about the zoom from which the name has room). */
  readonly labels: FeatureCollection<Point>;
}

/** Natural Earth's credit line, as HTML. Its data is in the public domain. */
export const NATURAL_EARTH_CREDIT =
  '<a href="https://www.naturalearthdata.com/" rel="noopener">Made with Natural Earth</a>';

/** Reads Natural Earth 1:10m (npm package `world-atlas`) and makes layers of it. Takes about a second. */
export async function readNaturalEarth(): Promise<World> {
  const path = new URL(import.meta.resolve('world-atlas/countries-10m.json'));
  // The package's own format, fixed by its pinned version.
  const topology = JSON.parse(await readFile(path, 'utf8')) as WorldTopology;
  const { countries } = topology.objects;
  const colours = colourCountries(neighbors(countries.geometries));
  const shapes: Feature<Polygon>[] = [];
  const labels: Feature<Point>[] = oceanNames();
  for (const [index, country] of feature(topology, countries).features.entries()) {
    const polygons = polygonsOf(country.geometry).map((rings) => rings.map(unwrapRing));
    const { name } = country.properties;
    const colour = (colours[index] ?? 0) % COLOURS;
    for (const coordinates of polygons) {
      shapes.push({
        type: 'Feature',
        properties: { name, colour },
        geometry: { type: 'Polygon', coordinates },
      });
    }
    const label = labelPoint(polygons);
    if (label === undefined) continue;
    labels.push({
      type: 'Feature',
      properties: { name, kind: 'country', rank: rankOf(label.area) },
      geometry: { type: 'Point', coordinates: label.position },
    });
  }
  return {
    countries: { type: 'FeatureCollection', features: shapes },
    borders: lines(mesh(topology, countries, (a, b) => a !== b)),
    coast: lines(mesh(topology, countries, (a, b) => a === b)),
    labels: { type: 'FeatureCollection', features: labels },
  };
}

function polygonsOf(geometry: Feature['geometry'] | null): Position[][][] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates;
  return [];
}

function lines(geometry: MultiLineString): FeatureCollection<LineString> {
  return {
    type: 'FeatureCollection',
    features: geometry.coordinates.flatMap(withoutSheetEdge).map((line) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: unwrapLine(line) },
    })),
  };
}

/** Each rank has a quarter of the area of the one before: what fits a name at one zoom fits it one zoom further in. */
function rankOf(squareDegrees: number): number {
  const largest = 400;
  return Math.max(0, Math.min(8, Math.round(Math.log(largest / squareDegrees) / Math.log(4))));
}
