import { describe, expect, test } from 'vitest';
import { FEATURE_LIMIT, parseGeoJson } from './parse-geojson.ts';

function detailOf(json: unknown): string {
  const parsed = parseGeoJson(typeof json === 'string' ? json : JSON.stringify(json));
  return parsed.ok ? 'accepted' : parsed.detail;
}

function feature(geometry: unknown, properties: unknown = {}) {
  return { type: 'Feature', properties, geometry };
}

describe('what is read', () => {
  test.each([
    ['Point', [8, 47]],
    ['MultiPoint', [[8, 47]]],
    [
      'LineString',
      [
        [8, 47],
        [9, 48],
      ],
    ],
    [
      'MultiLineString',
      [
        [
          [8, 47],
          [9, 48],
        ],
      ],
    ],
    [
      'Polygon',
      [
        [
          [8, 47],
          [9, 47],
          [9, 48],
          [8, 47],
        ],
      ],
    ],
    [
      'MultiPolygon',
      [
        [
          [
            [8, 47],
            [9, 47],
            [9, 48],
            [8, 47],
          ],
        ],
      ],
    ],
  ])('a bare %s is one feature', (type, coordinates) => {
    const parsed = parseGeoJson(JSON.stringify({ type, coordinates }));
    expect(parsed).toMatchObject({
      ok: true,
      features: {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', geometry: { type, coordinates } }],
      },
    });
  });

  test('bounds are those of all positions, and heights are dropped', () => {
    const features = [
      feature({ type: 'Point', coordinates: [8, 47, 400] }),
      feature({ type: 'Point', coordinates: [-3, 50] }),
    ];
    expect(parseGeoJson(JSON.stringify({ type: 'FeatureCollection', features }))).toMatchObject({
      ok: true,
      bounds: [-3, 47, 8, 50],
      features: { features: [{ geometry: { coordinates: [8, 47] } }, {}] },
    });
  });
});

describe('what is refused, and what is said', () => {
  test.each<[string, unknown, string | RegExp]>([
    ['text that is not JSON', '{"type": ', /^not JSON: /],
    ['a list', [], 'the document: a list should be an object'],
    ['null', 'null', 'the document: null should be an object'],
    [
      'an unknown type',
      { type: 'Topology' },
      'type: "Topology" is no GeoJSON type; a FeatureCollection is the usual one',
    ],
    ['no features', { type: 'FeatureCollection' }, 'features: nothing should be a list'],
    [
      'an empty collection',
      { type: 'FeatureCollection', features: [] },
      'features: hold no coordinates: there is nothing to draw',
    ],
    [
      'a feature without a place',
      { type: 'FeatureCollection', features: [feature(null)] },
      'features[0].geometry: is missing: a feature without a place cannot be drawn',
    ],
    [
      'swapped coordinates',
      feature({ type: 'Point', coordinates: [48, 116] }),
      'geometry.coordinates: [48, 116] is not [longitude, latitude]; are they the wrong way round?',
    ],
    [
      'projected coordinates',
      feature({ type: 'Point', coordinates: [1_113_194, 6_446_275] }),
      'geometry.coordinates: [1113194, 6446275] is not [longitude, latitude]; GeoJSON is in degrees, WGS 84; project the file first.',
    ],
    [
      'a position that is not numbers',
      feature({
        type: 'LineString',
        coordinates: [
          [0, 0],
          ['1', 2],
        ],
      }),
      'geometry.coordinates[1]: should be [longitude, latitude] in numbers',
    ],
    [
      'a ring that is not closed',
      feature({
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      }),
      'geometry.coordinates[0]: is not closed: the last position of a ring repeats its first',
    ],
    [
      'a line of one position',
      feature({ type: 'LineString', coordinates: [[0, 0]] }),
      'geometry.coordinates: has 1 positions and needs at least 2',
    ],
    [
      'properties that are a list',
      feature({ type: 'Point', coordinates: [0, 0] }, []),
      'properties: should be an object or null',
    ],
  ])('%s', (_, json, said) => {
    if (typeof said === 'string') expect(detailOf(json)).toBe(said);
    else expect(detailOf(json)).toMatch(said);
  });

  test('more features than an upload may have', () => {
    const features = Array.from({ length: FEATURE_LIMIT + 1 }, () => 0);
    expect(detailOf({ type: 'FeatureCollection', features })).toBe(
      `features: ${FEATURE_LIMIT + 1} is more than the ${FEATURE_LIMIT} that one upload may have`,
    );
  });

  test('nesting that would exhaust the stack', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(detailOf(`{"type": ${deep}}`)).toBe(
      'type: a list is no GeoJSON type; a FeatureCollection is the usual one',
    );
    const collection = '{"type":"GeometryCollection","geometries":['.repeat(9_000) + ']}'.repeat(9_000);
    expect(detailOf(collection)).toMatch(/is nested more than 3 deep$/);
  });
});

test('properties that could not be stored again are refused, however deep they nest', () => {
  const nested = (depth: number) =>
    `{"type":"Feature","geometry":{"type":"Point","coordinates":[8,47]},"properties":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  expect(detailOf(nested(15))).toBe('accepted');
  for (const depth of [16, 1_000_000]) {
    expect(detailOf(nested(depth))).toBe('properties: nest more than 16 deep');
  }
});
