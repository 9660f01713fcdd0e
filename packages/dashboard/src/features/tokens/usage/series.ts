import type { Usage } from '@latchkey/wire/native';

/** What requests are told apart by in a chart. */
export type SeriesDimension = 'outcome' | 'service' | 'token';

export interface UsageLine {
  /** An outcome, a service or the id of a token; empty: no token was known; null: all that have no line of their own. */
  readonly key: string | null;
  /** Requests in each step. */
  readonly counts: readonly number[];
  readonly total: number;
}

export interface UsageSeries {
  /** Unix milliseconds: the beginning of each step, without gaps. */
  readonly times: readonly number[];
  readonly lines: readonly UsageLine[];
  readonly total: number;
}

const STEP_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** As many lines as colours that everybody can tell apart. */
const LINES_LIMIT = 6;

/**
 * Turns rows of usage into lines over time. The server leaves out what is zero; here every step has a count, so that a pause is seen as
 * one. `allowed` comes first, then the largest; what is beyond the limit is one line.
 */
export function seriesOf(usage: Usage, by: SeriesDimension, limit = LINES_LIMIT): UsageSeries {
  const times = timesOf(usage);
  const indexOf = new Map(times.map((time, index) => [time, index]));
  const byKey = new Map<string, number[]>();
  for (const row of usage.rows) {
    const index = indexOf.get(row.at === undefined ? Number.NaN : Date.parse(row.at));
    if (index === undefined) continue;
    const key = row[by] ?? '';
    const counts = byKey.get(key) ?? new Array<number>(times.length).fill(0);
    counts[index] = (counts[index] ?? 0) + row.count;
    byKey.set(key, counts);
  }
  const lines = [...byKey].map(([key, counts]) => ({ key, counts, total: sum(counts) })).sort(byWeight);
  const total = sum(lines.map((line) => line.total));
  if (lines.length <= limit) return { times, lines, total };
  const shown = lines.slice(0, limit - 1);
  return { times, lines: [...shown, together(lines.slice(limit - 1), times.length)], total };
}

/** Sums from the bottom up, for stacking: the last one is the height of the whole. */
export function stacked(lines: readonly UsageLine[]): readonly (readonly number[])[] {
  let below: readonly number[] = [];
  return lines.map(({ counts }) => {
    below = counts.map((count, index) => count + (below[index] ?? 0));
    return below;
  });
}

function timesOf({ step, from, to }: Usage): number[] {
  if (step === 'total') return [];
  const times: number[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += STEP_MS[step]) times.push(at);
  return times;
}

function together(lines: readonly UsageLine[], length: number): UsageLine {
  const counts = Array.from({ length }, (_, index) => sum(lines.map((line) => line.counts[index] ?? 0)));
  return { key: null, counts, total: sum(counts) };
}

function byWeight(a: UsageLine, b: UsageLine): number {
  if (a.key === 'allowed' || b.key === 'allowed') return a.key === 'allowed' ? -1 : 1;
  return b.total - a.total || (a.key ?? '').localeCompare(b.key ?? '');
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
