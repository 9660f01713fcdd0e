import type { LayerSpecification } from 'maplibre-gl';
import { UPLOAD_LAYER } from '../uploads/upload-shelf.ts';
import type { Palette } from './palette.ts';

/** How an upload's areas and lines are drawn, under all names. */
export function uploadShapes(source: string, colour: string): LayerSpecification[] {
  const common = { source, 'source-layer': UPLOAD_LAYER };
  return [
    {
      ...common,
      id: `${source}/areas`,
      type: 'fill',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colour, 'fill-opacity': 0.28 },
    },
    {
      ...common,
      id: `${source}/lines`,
      type: 'line',
      filter: ['!=', ['geometry-type'], 'Point'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 0, 1.4, 8, 3.2] },
    },
  ];
}

/** How an upload's points are drawn, over the base map's names, with their own from `name` or `title`. */
export function uploadPoints(source: string, colour: string, palette: Palette): LayerSpecification[] {
  const common = { source, 'source-layer': UPLOAD_LAYER };
  return [
    {
      ...common,
      id: `${source}/points`,
      type: 'circle',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 0, 4, 8, 8],
        'circle-stroke-color': palette.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      ...common,
      id: `${source}/names`,
      type: 'symbol',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'text-field': ['coalesce', ['get', 'name'], ['get', 'title'], ''],
        'text-font': ['Inter SemiBold'],
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 0.8],
        'text-max-width': 9,
      },
      paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
    },
  ];
}
