import type { UsageStep } from '@latchkey/wire/native';
import uPlot from 'uplot';
import { axisLabel } from './step-label.ts';

export interface ChartLook {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** How many bars stand side by side. */
  readonly steps: number;
  /** Of the lines, from the bottom up, as a canvas takes them. */
  readonly colours: readonly string[];
  readonly ink: string;
  readonly grid: string;
  readonly panel: string;
  readonly step: Exclude<UsageStep, 'total'>;
  readonly locale: string;
  /** The step under the pointer; undefined: none. */
  readonly onMove: (index: number | undefined) => void;
}

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans CJK SC", sans-serif';
/** Bars are never wider, so that a single day does not fill the page. */
const WIDEST_BAR = 40;
/** CSS pixels of a bar and its gap. */
const DENSE_BELOW = 3.5;

/** Stacked bars on a calm grid, without the library's own legend. */
export function chartOptions(look: ChartLook): uPlot.Options {
  const { width, height, steps, colours, ink, grid, panel, step, locale, onMove } = look;
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  // Bars of a pixel or two have no room for gaps and edges.
  const isDense = width / Math.max(steps, 1) < DENSE_BELOW;
  const bars = uPlot.paths.bars?.({ size: [isDense ? 1 : 0.78, WIDEST_BAR], align: 1 });
  const axis = { stroke: ink, font: FONT, ticks: { show: false } };
  return {
    width,
    height,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { x: true, y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
    scales: {
      x: { time: true, range: (_plot, min, max) => [min, max + secondsOf(step)] },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 64,
        size: 28,
        values: (_plot, splits) => splits.map((second) => axisLabel(second * 1000, step, locale)),
      },
      {
        ...axis,
        size: 44,
        space: 40,
        grid: { stroke: grid, width: 1 },
        incrs: [1, 2, 5]
          .flatMap((first) => Array.from({ length: 12 }, (_, power) => first * 10 ** power))
          .sort((a, b) => a - b),
        values: (_plot, splits) => splits.map((count) => compact.format(count)),
      },
    ],
    series: [
      {},
      ...[...colours].reverse().map((fill) => ({
        fill,
        stroke: panel,
        width: isDense ? 0 : 0.5,
        points: { show: false },
        ...(bars && { paths: bars }),
      })),
    ],
    hooks: {
      setCursor: [({ cursor }) => onMove(cursor.idx ?? undefined)],
    },
  };
}

function secondsOf(step: ChartLook['step']): number {
  return { minute: 60, hour: 3600, day: 86_400 }[step];
}
