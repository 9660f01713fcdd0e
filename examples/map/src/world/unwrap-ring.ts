import type { Position } from 'geojson';

const WORLD = 360;
/** Further south than the Mercator square reaches, so that a ring closed here has no visible edge. */
const SOUTH = -90;
/** The square ends at 85.0511°. A bay of Antarctica that reached its edge would be drawn as a gash to the pole. */
const SOUTHERNMOST_COAST = -84.95;

/**
 * Straightens a line of the sphere for a flat map: no two neighbours are more than 180° apart, so it may leave -180…180,
 * which geojson-vt wraps back.
 */
export function unwrapLine(line: readonly Position[]): Position[] {
  let shift = 0;
  let before: number | undefined;
  return line.map(([longitude = 0, latitude = 0]) => {
    if (before !== undefined) shift -= WORLD * Math.round((longitude + shift - before) / WORLD);
    before = longitude + shift;
    return [before, Math.max(latitude, SOUTHERNMOST_COAST)];
  });
}

/** The same for a ring. One around the south pole, which never comes back to its first longitude, is closed along -90. */
export function unwrapRing(ring: readonly Position[]): Position[] {
  const flat = unwrapLine(ring);
  const [start = 0, latitude = 0] = flat[0] ?? [];
  const [end = 0] = flat.at(-1) ?? [];
  if (Math.abs(end - start) > WORLD / 2) flat.push([end, SOUTH], [start, SOUTH], [start, latitude]);
  return flat;
}

/**
 * Cuts a coast line where it runs along the antimeridian: that is where Natural Earth ends its sheet, and no coast.
 */
export function withoutSheetEdge(line: readonly Position[]): Position[][] {
  const pieces: Position[][] = [];
  let piece: Position[] = [];
  let onEdge = false;
  for (const position of line) {
    const isEdge = Math.abs(Math.abs(position[0] ?? 0) - WORLD / 2) < 1e-6;
    if (isEdge && onEdge) {
      if (piece.length > 1) pieces.push(piece);
      piece = [];
    }
    piece.push(position);
    onEdge = isEdge;
  }
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}
