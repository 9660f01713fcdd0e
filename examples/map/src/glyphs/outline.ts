import type { PathCommand } from 'opentype.js';

/** A straight piece of an outline, in pixels, y upwards. */
export interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** No piece is longer than this many pixels, so that {@link visibleEdges} can judge each by its middle. */
const LONGEST = 0.75;

/** Turns an outline into short straight pieces at `scale` pixels a font unit. */
export function flattenOutline(commands: readonly PathCommand[], scale: number): Edge[] {
  const edges: Edge[] = [];
  let start = { x: 0, y: 0 };
  let at = { x: 0, y: 0 };
  const curve = (length: number, pointAt: (t: number) => { x: number; y: number }) => {
    const pieces = Math.max(1, Math.ceil((length * scale) / LONGEST));
    for (let piece = 1; piece <= pieces; piece += 1) {
      const to = pointAt(piece / pieces);
      edges.push({ x0: at.x * scale, y0: at.y * scale, x1: to.x * scale, y1: to.y * scale });
      at = to;
    }
  };
  const line = (to: { x: number; y: number }) => {
    const from = at;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length > 0) curve(length, (t) => ({ x: mix(from.x, to.x, t), y: mix(from.y, to.y, t) }));
  };
  for (const command of commands) {
    const from = at;
    if (command.type === 'M') {
      start = { x: command.x, y: command.y };
      at = start;
    } else if (command.type === 'L') {
      line(command);
    } else if (command.type === 'Q') {
      const { x1, y1, x, y } = command;
      curve(Math.hypot(x1 - from.x, y1 - from.y) + Math.hypot(x - x1, y - y1), (t) => ({
        x: mix(mix(from.x, x1, t), mix(x1, x, t), t),
        y: mix(mix(from.y, y1, t), mix(y1, y, t), t),
      }));
    } else if (command.type === 'C') {
      const { x1, y1, x2, y2, x, y } = command;
      const length =
        Math.hypot(x1 - from.x, y1 - from.y) + Math.hypot(x2 - x1, y2 - y1) + Math.hypot(x - x2, y - y2);
      curve(length, (t) => ({ x: cubic(from.x, x1, x2, x, t), y: cubic(from.y, y1, y2, y, t) }));
    } else {
      line(start);
    }
  }
  return edges;
}

/**
 * Drops pieces that lie inside the glyph: type designers let strokes overlap, and a distance to such a buried edge would
 * draw a pale seam.
 */
export function visibleEdges(edges: readonly Edge[]): Edge[] {
  const aside = 0.02;
  return edges.filter(({ x0, y0, x1, y1 }) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const x = (x0 + x1) / 2;
    const y = (y0 + y1) / 2;
    const dx = (-(y1 - y0) / length) * aside;
    const dy = ((x1 - x0) / length) * aside;
    return isInside(edges, x + dx, y + dy) !== isInside(edges, x - dx, y - dy);
  });
}

/** By the non-zero winding rule. */
export function isInside(edges: readonly Edge[], x: number, y: number): boolean {
  let winding = 0;
  for (const { x0, y0, x1, y1 } of edges) {
    if (y0 <= y === y1 <= y) continue;
    const crossing = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
    if (crossing > x) winding += y1 > y0 ? 1 : -1;
  }
  return winding !== 0;
}

function mix(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}

function cubic(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const u = 1 - t;
  return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}
