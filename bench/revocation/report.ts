/** Upper ends of the bars, in milliseconds; the last bar holds the rest. */
const BARS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const WIDTH = 50;

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

/** One line a bar; a bar that holds anything is never empty. */
export function histogramOf(values: readonly number[]): string {
  const counts = Array<number>(BARS.length + 1).fill(0);
  for (const value of values) {
    const bar = BARS.findIndex((end) => value <= end);
    const index = bar === -1 ? BARS.length : bar;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  return counts
    .map((count, index) => {
      const label = index === BARS.length ? `> ${BARS.at(-1)}` : `≤ ${BARS[index]}`;
      const length = count === 0 ? 0 : Math.max(1, Math.round((count / most) * WIDTH));
      return `${label.padStart(7)} ms  ${String(count).padStart(6)}  ${'█'.repeat(length)}`;
    })
    .join('\n');
}
