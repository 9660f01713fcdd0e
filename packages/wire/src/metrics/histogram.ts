/** Counts values by size. One observation costs a few comparisons and allocates nothing. */
export interface Histogram {
  observe(value: number): void;
  read(): HistogramFigures;
}

export interface HistogramFigures {
  /** How many values were at most `atMost`, growing; the last bucket is without a limit (Infinity). */
  readonly buckets: readonly { readonly atMost: number; readonly count: number }[];
  readonly sum: number;
  readonly count: number;
}

/** @param limits the upper ends of all buckets but the last, growing */
export function createHistogram(limits: readonly number[]): Histogram {
  const counts = new Float64Array(limits.length + 1);
  const ends = Float64Array.from(limits);
  let sum = 0;
  return {
    observe(value) {
      let at = 0;
      while (at < ends.length && value > (ends[at] ?? 0)) at++;
      counts[at] = (counts[at] ?? 0) + 1;
      sum += value;
    },
    read() {
      let count = 0;
      const buckets = Array.from(counts, (own, at) => {
        count += own;
        return { atMost: ends[at] ?? Number.POSITIVE_INFINITY, count };
      });
      return { buckets, sum, count };
    },
  };
}
