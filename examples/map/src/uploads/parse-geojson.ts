import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';
import { nestsDeeper } from './nests-deeper.ts';

/** What an upload holds once it is read, or the first thing wrong with it and where. */
export type ParsedGeoJson =
  | {
      readonly ok: true;
      readonly features: FeatureCollection;
      /** West, south, east, north. */
      readonly bounds: readonly [number, number, number, number];
    }
  | { readonly ok: false; readonly detail: string };

/** The most features of one upload. */
export const FEATURE_LIMIT = 50_000;

/** How deep geometry collections may lie in each other; RFC 7946 §3.1.8 advises against any depth. */
const COLLECTION_DEPTH = 3;

/** JSON can be read deeper than it can be written again. */
const PROPERTIES_DEPTH = 16;

/**
 * Reads a GeoJSON text (RFC 7946): a feature collection, a feature, or a bare geometry. Longitudes must lie in -180…180 and
 * latitudes in -90…90. Members that the map does not use are dropped.
 */
export function parseGeoJson(text: string): ParsedGeoJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, detail: `not JSON: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
  const reading: Reading = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  try {
    const features = readTop(json, reading);
    if (reading.west > reading.east)
      throw new Unreadable('features', 'hold no coordinates: there is nothing to draw');
    return {
      ok: true,
      features: { type: 'FeatureCollection', features },
      bounds: [reading.west, reading.south, reading.east, reading.north],
    };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, detail: error.message };
    throw error;
  }
}

interface Reading {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Ends the reading at the first fault; never leaves this file. */
class Unreadable extends Error {
  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path}: ${problem}`);
  }
}

function readTop(json: unknown, reading: Reading): Feature[] {
  const top = readObject(json, 'the document');
  if (top.type !== 'FeatureCollection') {
    if (top.type === 'Feature') return [readFeature(top, '', reading)];
    if (isGeometryType(top.type)) {
      return [{ type: 'Feature', properties: {}, geometry: readGeometry(top, '', reading, 0) }];
    }
    throw new Unreadable(
      'type',
      `${show(top.type)} is no GeoJSON type; a FeatureCollection is the usual one`,
    );
  }
  const list = readList(top.features, 'features');
  if (list.length > FEATURE_LIMIT) {
    throw new Unreadable(
      'features',
      `${list.length} is more than the ${FEATURE_LIMIT} that one upload may have`,
    );
  }
  return list.map((feature, index) => readFeature(feature, `features[${index}]`, reading));
}

function readFeature(json: unknown, path: string, reading: Reading): Feature {
  const feature = readObject(json, path);
  if (feature.type !== 'Feature')
    throw new Unreadable(member(path, 'type'), `${show(feature.type)} should be "Feature"`);
  const { properties } = feature;
  if (properties !== null && properties !== undefined && !isObject(properties)) {
    throw new Unreadable(member(path, 'properties'), 'should be an object or null');
  }
  if (nestsDeeper(properties, PROPERTIES_DEPTH)) {
    throw new Unreadable(member(path, 'properties'), `nest more than ${PROPERTIES_DEPTH} deep`);
  }
  if (feature.geometry === null || feature.geometry === undefined) {
    throw new Unreadable(member(path, 'geometry'), 'is missing: a feature without a place cannot be drawn');
  }
  return {
    type: 'Feature',
    properties: properties ?? {},
    geometry: readGeometry(feature.geometry, member(path, 'geometry'), reading, 0),
  };
}

function readGeometry(json: unknown, path: string, reading: Reading, depth: number): Geometry {
  const geometry = readObject(json, path);
  const at = member(path, 'coordinates');
  const { coordinates } = geometry;
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: readPosition(coordinates, at, reading) };
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: readLine(coordinates, at, reading, 0) };
    case 'LineString':
      return { type: 'LineString', coordinates: readLine(coordinates, at, reading, 2) };
    case 'MultiLineString':
      return {
        type: 'MultiLineString',
        coordinates: readEach(coordinates, at, (line, where) => readLine(line, where, reading, 2)),
      };
    case 'Polygon':
      return { type: 'Polygon', coordinates: readPolygon(coordinates, at, reading) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: readEach(coordinates, at, (polygon, where) => readPolygon(polygon, where, reading)),
      };
    case 'GeometryCollection':
      if (depth === COLLECTION_DEPTH)
        throw new Unreadable(path, `is nested more than ${COLLECTION_DEPTH} deep`);
      return {
        type: 'GeometryCollection',
        geometries: readEach(geometry.geometries, member(path, 'geometries'), (inner, where) =>
          readGeometry(inner, where, reading, depth + 1),
        ),
      };
    default:
      throw new Unreadable(member(path, 'type'), `${show(geometry.type)} is no geometry type`);
  }
}

function readPolygon(json: unknown, path: string, reading: Reading): Position[][] {
  return readEach(json, path, (json, where) => {
    const ring = readLine(json, where, reading, 4);
    const first = ring[0];
    const last = ring.at(-1);
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
      throw new Unreadable(where, 'is not closed: the last position of a ring repeats its first');
    }
    return ring;
  });
}

function readLine(json: unknown, path: string, reading: Reading, atLeast: number): Position[] {
  const line = readEach(json, path, (position, where) => readPosition(position, where, reading));
  if (line.length < atLeast)
    throw new Unreadable(path, `has ${line.length} positions and needs at least ${atLeast}`);
  return line;
}

function readPosition(json: unknown, path: string, reading: Reading): Position {
  const [longitude, latitude] = readList(json, path);
  if (typeof longitude !== 'number' || typeof latitude !== 'number') {
    throw new Unreadable(path, 'should be [longitude, latitude] in numbers');
  }
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
    const swapped = Math.abs(longitude) <= 90 && Math.abs(latitude) <= 180;
    const hint = swapped
      ? 'are they the wrong way round?'
      : 'GeoJSON is in degrees, WGS 84; project the file first.';
    throw new Unreadable(path, `[${longitude}, ${latitude}] is not [longitude, latitude]; ${hint}`);
  }
  reading.west = Math.min(reading.west, longitude);
  reading.east = Math.max(reading.east, longitude);
  reading.south = Math.min(reading.south, latitude);
  reading.north = Math.max(reading.north, latitude);
  return [longitude, latitude];
}

function readEach<T>(json: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  return readList(json, path).map((item, index) => read(item, `${path}[${index}]`));
}

function readList(json: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(json)) throw new Unreadable(path, `${show(json)} should be a list`);
  return json;
}

function readObject(json: unknown, path: string): Readonly<Record<string, unknown>> {
  if (!isObject(json)) throw new Unreadable(path, `${show(json)} should be an object`);
  return json;
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isGeometryType(type: unknown): boolean {
  return (
    type === 'GeometryCollection' ||
    (typeof type === 'string' && /^(?:Multi)?(?:Point|LineString|Polygon)$/.test(type))
  );
}

function member(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function show(json: unknown): string {
  if (json === undefined) return 'nothing';
  if (Array.isArray(json)) return 'a list';
  if (isObject(json)) return 'an object';
  const text = JSON.stringify(json);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
