import { createHash } from 'node:crypto';
import type { CounterRow, SourceRow, UsageStep } from '../../usage-store.ts';
import type { UsageCountColumns, UsageSeriesColumns, UsageSourceColumns } from '../schema.ts';
import { sumRows } from './sum-rows.ts';

/** Seconds. */
export const SECONDS_OF = { minute: 60, hour: 3600, day: 86_400 } as const satisfies Record<
  UsageStep,
  number
>;
const COUNTED_STEPS = [SECONDS_OF.minute, SECONDS_OF.hour, SECONDS_OF.day];
const SOURCE_STEPS = [SECONDS_OF.hour, SECONDS_OF.day];

/** What is counted apart, under a name that every server makes alike, so that nobody has to look it up. */
export function seriesOf({ account, token, service, scope, outcome }: CounterRow): UsageSeriesColumns {
  const columns = { account: account ?? '', token: token ?? '', service, scope, outcome };
  const key = JSON.stringify([columns.account, columns.token, service, scope, outcome]);
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 20), ...columns };
}

/** The rows of every step that a series' minute counts in. */
export function countsOf(counted: readonly (CounterRow & { readonly series: string })[]) {
  const rows = counted.flatMap(({ series, at, count }) =>
    COUNTED_STEPS.map((step): UsageCountColumns => ({ series, step, at: beginningOf(at, step), count })),
  );
  return sumRows(
    rows,
    ({ series, step, at }) => `${series} ${step} ${at}`,
    (one, other) => ({ ...one, count: one.count + other.count }),
  );
}

export function sourcesOf(sources: readonly SourceRow[]): readonly UsageSourceColumns[] {
  const rows = sources.flatMap((row) =>
    SOURCE_STEPS.map((step): UsageSourceColumns => {
      const { account, token, lastAt, ...rest } = row;
      return {
        ...rest,
        account: account ?? '',
        token: token ?? '',
        step,
        at: beginningOf(lastAt, step),
        last_at: lastAt,
      };
    }),
  );
  return sumSources(rows);
}

export function sumSources(rows: readonly UsageSourceColumns[]): readonly UsageSourceColumns[] {
  return sumRows(
    rows,
    (row) =>
      JSON.stringify([
        row.token,
        row.step,
        row.at,
        row.service,
        row.kind,
        row.origin,
        row.client,
        row.address,
      ]),
    (one, other) => ({
      ...one,
      count: one.count + other.count,
      last_at: Math.max(one.last_at, other.last_at),
    }),
  );
}

/** @param step seconds */
export function beginningOf(at: number, step: number): number {
  return Math.floor(at / (step * 1000)) * step * 1000;
}
