import { spanOf, spanOfDays, USAGE_RANGES, type UsageRange, type UsageSpan } from './range.ts';
import type { SeriesDimension } from './series.ts';

/** What the address of the usage page says. */
export interface UsageSearch {
  readonly range?: UsageRange;
  readonly by?: SeriesDimension;
  /** `2026-11-24`, both or neither; then there is no range. */
  readonly first?: string;
  readonly last?: string;
}

const DIMENSIONS = ['outcome', 'service', 'token'] as const satisfies readonly SeriesDimension[];

/** Reads it; what it does not know is left out. */
export function readUsageSearch(search: Readonly<Record<string, unknown>>): UsageSearch {
  const range = USAGE_RANGES.find((each) => each === search.range);
  const by = DIMENSIONS.find((each) => each === search.by);
  const { first, last } = search;
  const days =
    typeof first === 'string' && typeof last === 'string' && spanOfDays(first, last) !== undefined
      ? { first, last }
      : {};
  return {
    ...(range === undefined || 'first' in days ? {} : { range }),
    ...(by === undefined ? {} : { by }),
    ...days,
  };
}

/** The time that it stands for. @param now unix milliseconds */
export function spanOfSearch({ range = '30d', first, last }: UsageSearch, now: number): UsageSpan {
  const days = first === undefined || last === undefined ? undefined : spanOfDays(first, last);
  return days ?? spanOf(range, now);
}
