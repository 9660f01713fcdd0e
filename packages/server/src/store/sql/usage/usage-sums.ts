import { type Kysely, sql } from 'kysely';
import type { UsageDimension, UsageLine, UsageQuery } from '../../usage-store.ts';
import type { Schema } from '../schema.ts';
import { SECONDS_OF } from './usage-columns.ts';

const OF_SOURCES: ReadonlySet<UsageDimension> = new Set(['origin', 'client', 'address']);

/** See {@link UsageStore.usage}. */
export async function usageSums(db: Kysely<Schema>, query: UsageQuery): Promise<readonly UsageLine[]> {
  const lines = query.by.some((dimension) => OF_SOURCES.has(dimension))
    ? await sumsOfSources(db, query)
    : await sumsOfSeries(db, query);
  return lines.map((line) => ({
    at: query.byTime ? Number(line.at) : null,
    values: query.by.map((_, index) => String(line[`value${index}`])),
    count: Number(line.count),
  }));
}

type Line = Readonly<Record<string, unknown>>;

async function sumsOfSeries(db: Kysely<Schema>, query: UsageQuery): Promise<readonly Line[]> {
  const kind = sql<string>`case when usage_series.outcome = 'allowed' then 'allowed' else 'refused' end`;
  const columns = query.by.map((dimension) =>
    dimension === 'kind' ? kind : sql.ref<string>(`usage_series.${dimension}`),
  );
  const groups = query.byTime ? [sql.ref<unknown>('usage_counts.at'), ...columns] : columns;
  let rows = db
    .selectFrom('usage_series')
    .innerJoin('usage_counts', 'usage_counts.series', 'usage_series.id')
    .select([
      sql<number>`sum(usage_counts.count)`.as('count'),
      query.byTime ? sql<number>`usage_counts.at`.as('at') : sql<null>`null`.as('at'),
      ...columns.map((column, index) => column.as(`value${index}`)),
    ])
    .where('usage_counts.step', '=', SECONDS_OF[query.resolution])
    .where('usage_counts.at', '>=', query.from)
    .where('usage_counts.at', '<', query.to);
  if (query.account !== null) rows = rows.where('usage_series.account', '=', query.account);
  if (query.token !== null) rows = rows.where('usage_series.token', '=', query.token);
  if (query.service !== null) rows = rows.where('usage_series.service', '=', query.service);
  if (query.kind === 'allowed') rows = rows.where('usage_series.outcome', '=', 'allowed');
  if (query.kind === 'refused') rows = rows.where('usage_series.outcome', '<>', 'allowed');
  for (const group of groups) rows = rows.groupBy(group).orderBy(group);
  return (await rows.execute()).filter(({ count }) => count !== null);
}

async function sumsOfSources(db: Kysely<Schema>, query: UsageQuery): Promise<readonly Line[]> {
  const columns = query.by.map((dimension) => sql.ref<string>(`usage_sources.${dimension}`));
  const groups = query.byTime ? [sql.ref<unknown>('usage_sources.at'), ...columns] : columns;
  let rows = db
    .selectFrom('usage_sources')
    .select([
      sql<number>`sum(usage_sources.count)`.as('count'),
      query.byTime ? sql<number>`usage_sources.at`.as('at') : sql<null>`null`.as('at'),
      ...columns.map((column, index) => column.as(`value${index}`)),
    ])
    .where('step', '=', SECONDS_OF[query.resolution])
    .where('at', '>=', query.from)
    .where('at', '<', query.to);
  if (query.account !== null) rows = rows.where('account', '=', query.account);
  if (query.token !== null) rows = rows.where('token', '=', query.token);
  if (query.service !== null) rows = rows.where('service', '=', query.service);
  if (query.kind !== null) rows = rows.where('kind', '=', query.kind);
  for (const group of groups) rows = rows.groupBy(group).orderBy(group);
  return rows.execute();
}
