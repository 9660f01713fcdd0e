import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { expect, test } from 'vitest';
import { isStyleId, mapStyle, STYLES, type StyleId } from './map-style.ts';

const styleOf = (id: StyleId) =>
  mapStyle({
    id,
    account: 'acme',
    uploads: ['acme.one', 'acme.two'],
    urlOf: (path) => `https://maps.example${path}?access_token=pk.a.b`,
  });

test.each(Object.keys(STYLES).filter(isStyleId))('style %s is valid', (id) => {
  expect(validateStyleMin(styleOf(id))).toEqual([]);
});

test('every source and the glyphs are asked for with the token of whoever asked for the style', () => {
  const style = styleOf('light');
  expect(style.glyphs).toBe('https://maps.example/fonts/v1/acme/{fontstack}/{range}.pbf?access_token=pk.a.b');
  expect(style.sources).toEqual({
    world: { type: 'vector', url: 'https://maps.example/v4/world.json?access_token=pk.a.b' },
    'acme.one': { type: 'vector', url: 'https://maps.example/v4/acme.one.json?access_token=pk.a.b' },
    'acme.two': { type: 'vector', url: 'https://maps.example/v4/acme.two.json?access_token=pk.a.b' },
  });
});
