import { type Edge, isInside, visibleEdges } from './outline.ts';

/** A glyph as map clients want it: distances to its outline, 191 at the edge, more inside. */
export interface DistanceField {
  /** `(width + 2 × BORDER) × (height + 2 × BORDER)` bytes, row by row from the top. */
  readonly bitmap: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Of the box without its border, from the pen's position. */
  readonly left: number;
  /** Of the box without its border, above the baseline. */
  readonly top: number;
}

/** Pixels around the glyph's box, as the glyph format fixes them. */
export const BORDER = 3;

/** Distance in pixels that spans all 256 values, and the part of it that lies inside the outline: the format's own. */
const RADIUS = 8;
const CUTOFF = 0.25;

/** Measures the distance from each pixel's middle to the outline. No edges (a space): a field of no size. */
export function distanceField(edges: readonly Edge[]): DistanceField {
  if (edges.length === 0) return { bitmap: new Uint8Array(0), width: 0, height: 0, left: 0, top: 0 };
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x0, y0 } of edges) {
    minX = Math.min(minX, x0);
    minY = Math.min(minY, y0);
    maxX = Math.max(maxX, x0);
    maxY = Math.max(maxY, y0);
  }
  const left = Math.floor(minX);
  const top = Math.ceil(maxY);
  const width = Math.ceil(maxX) - left;
  const height = top - Math.floor(minY);
  const rowLength = width + 2 * BORDER;
  const bitmap = new Uint8Array(rowLength * (height + 2 * BORDER));
  const outline = visibleEdges(edges);
  for (let index = 0; index < bitmap.length; index += 1) {
    const x = left - BORDER + (index % rowLength) + 0.5;
    const y = top + BORDER - Math.floor(index / rowLength) - 0.5;
    const distance = distanceTo(outline, x, y) * (isInside(edges, x, y) ? -1 : 1);
    bitmap[index] = Math.max(0, Math.min(255, Math.round(255 * (1 - CUTOFF - distance / RADIUS))));
  }
  return { bitmap, width, height, left, top };
}

function distanceTo(edges: readonly Edge[], x: number, y: number): number {
  let nearest = Infinity;
  for (const { x0, y0, x1, y1 } of edges) {
    const dx = x1 - x0;
    const dy = y1 - y0;
    const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
    const offX = x0 + along * dx - x;
    const offY = y0 + along * dy - y;
    nearest = Math.min(nearest, offX * offX + offY * offY);
  }
  return Math.sqrt(nearest);
}
