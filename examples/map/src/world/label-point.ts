import type { Position } from 'geojson';
import polylabel from 'polylabel';

export interface LabelPoint {
  readonly position: Position;
  /** Of the largest part, in square degrees at the equator; 1 is about 12,000 km². */
  readonly area: number;
}

/** Where a country's name goes: the middle of the widest place of its largest part. */
export function labelPoint(polygons: readonly (readonly Position[][])[]): LabelPoint | undefined {
  let largest: { readonly rings: readonly Position[][]; readonly area: number } | undefined;
  for (const rings of polygons) {
    const area = ringArea(rings[0] ?? []);
    if (largest === undefined || area > largest.area) largest = { rings, area };
  }
  if (largest === undefined) return undefined;
  const { rings, area } = largest;
  // A degree of longitude is shorter away from the equator: without this, names in the north slide sideways.
  const squeeze = Math.max(0.1, Math.cos(radians(middleLatitude(rings[0] ?? []))));
  const [x, y] = polylabel(
    rings.map((ring) => ring.map(([longitude = 0, latitude = 0]) => [longitude * squeeze, latitude])),
    Math.max(0.01, Math.sqrt(area) / 50),
  );
  return { position: [wrap(x / squeeze), y], area };
}

function ringArea(ring: readonly Position[]): number {
  let twice = 0;
  let before = ring.at(-1) ?? [0, 0];
  for (const point of ring) {
    const [x0 = 0, y0 = 0] = before;
    const [x1 = 0, y1 = 0] = point;
    twice += (x1 - x0) * (Math.sin(radians(y0)) + Math.sin(radians(y1)));
    before = point;
  }
  return Math.abs(twice) * (90 / Math.PI);
}

function middleLatitude(ring: readonly Position[]): number {
  let low = 90;
  let high = -90;
  for (const [, latitude = 0] of ring) {
    if (latitude < low) low = latitude;
    if (latitude > high) high = latitude;
  }
  return (low + high) / 2;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function wrap(longitude: number): number {
  return longitude - 360 * Math.round(longitude / 360);
}
