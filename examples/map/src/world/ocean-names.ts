import type { Feature, Point } from 'geojson';

/** The oceans' names, where a sheet map prints them; Natural Earth's npm edition has land only. */
export function oceanNames(): Feature<Point>[] {
  const places: readonly (readonly [name: string, longitude: number, latitude: number])[] = [
    ['North Atlantic Ocean', -40, 32],
    ['South Atlantic Ocean', -16, -26],
    ['North Pacific Ocean', -155, 28],
    ['South Pacific Ocean', -128, -28],
    ['Indian Ocean', 80, -18],
    ['Southern Ocean', 95, -58],
    ['Arctic Ocean', -10, 82],
  ];
  return places.map(([name, longitude, latitude]) => ({
    type: 'Feature',
    properties: { name, kind: 'ocean', rank: 1 },
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
  }));
}
