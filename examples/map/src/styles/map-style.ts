import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { WORLD_TILESET } from '../world/world-tileset.ts';
import { darkPalette, lightPalette, type Palette } from './palette.ts';
import { uploadPoints, uploadShapes } from './upload-layers.ts';

/** The styles that every account has. */
export const STYLES = {
  light: { name: 'Latchkey Light', palette: lightPalette },
  dark: { name: 'Latchkey Dark', palette: darkPalette },
} as const;

export type StyleId = keyof typeof STYLES;

export function isStyleId(id: string): id is StyleId {
  return Object.hasOwn(STYLES, id);
}

export interface StyleRequest {
  readonly id: StyleId;
  readonly account: string;
  /** The account's uploaded tilesets, in the order in which they are drawn. */
  readonly uploads: readonly string[];
  /** Makes a URL of this API that the client can use as it is. `{…}` in the path stays as it is. */
  readonly urlOf: (path: string) => string;
}

/** A style document (MapLibre style specification, version 8): the world, and the account's uploads above it. */
export function mapStyle({ id, account, uploads, urlOf }: StyleRequest): StyleSpecification {
  const { name, palette } = STYLES[id];
  const tilesets = [WORLD_TILESET, ...uploads];
  return {
    version: 8,
    name,
    metadata: { account },
    center: [14, 26],
    zoom: 1.6,
    projection: { type: 'globe' },
    sky: {
      'sky-color': palette.sky,
      'horizon-color': palette.horizon,
      'atmosphere-blend': ['interpolate', ['linear'], ['zoom'], 0, palette.air, 4, palette.air, 6, 0],
    },
    glyphs: urlOf(`/fonts/v1/${account}/{fontstack}/{range}.pbf`),
    sources: Object.fromEntries(
      tilesets.map((tileset) => [tileset, { type: 'vector' as const, url: urlOf(`/v4/${tileset}.json`) }]),
    ),
    layers: [
      ...baseShapes(palette),
      ...uploads.flatMap((tileset, index) => uploadShapes(tileset, colourOf(index, palette))),
      ...baseNames(palette),
      ...uploads.flatMap((tileset, index) => uploadPoints(tileset, colourOf(index, palette), palette)),
    ],
  };
}

function colourOf(upload: number, { uploads, name }: Palette): string {
  return uploads[upload % uploads.length] ?? name;
}

function baseShapes(palette: Palette): LayerSpecification[] {
  const common = { source: WORLD_TILESET };
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    {
      ...common,
      id: 'countries',
      'source-layer': 'countries',
      type: 'fill',
      paint: { 'fill-color': landColour(palette), 'fill-antialias': true },
    },
    {
      ...common,
      id: 'coast',
      'source-layer': 'coast',
      type: 'line',
      paint: {
        'line-color': palette.coast,
        'line-width': ['interpolate', ['linear'], ['zoom'], 0, 0.4, 6, 1.2],
      },
    },
    {
      ...common,
      id: 'borders',
      'source-layer': 'borders',
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.border,
        'line-width': ['interpolate', ['linear'], ['zoom'], 0, 0.5, 6, 1.6],
      },
    },
  ];
}

function baseNames(palette: Palette): LayerSpecification[] {
  const common = { source: WORLD_TILESET };
  return [
    {
      ...common,
      id: 'ocean-names',
      'source-layer': 'labels',
      type: 'symbol',
      filter: ['==', ['get', 'kind'], 'ocean'],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Inter Italic'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 1, 11, 5, 18],
        'text-letter-spacing': 0.12,
        'text-max-width': 6,
      },
      paint: { 'text-color': palette.oceanName },
    },
    {
      ...common,
      id: 'country-names',
      'source-layer': 'labels',
      type: 'symbol',
      // A rank is about the zoom from which a name has room; a little earlier where nothing else is in its way.
      filter: ['all', ['==', ['get', 'kind'], 'country'], ['<=', ['get', 'rank'], ['+', ['zoom'], 0.4]]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Inter SemiBold'],
        'text-size': ['interpolate', ['linear'], ['zoom'], 1, 10, 4, 13, 8, 18],
        'text-max-width': 7,
        'symbol-sort-key': ['get', 'rank'],
        'text-padding': 4,
      },
      paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
    },
  ];
}

function landColour({ land }: Palette): ExpressionSpecification {
  const [first, second, third, fourth, fifth, sixth] = land;
  return ['match', ['get', 'colour'], 0, first, 1, second, 2, third, 3, fourth, 4, fifth, sixth];
}
