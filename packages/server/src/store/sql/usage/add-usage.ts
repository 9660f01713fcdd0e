import type { Kysely } from 'kysely';
import type { RefusalRow, UsageAddition, UsageStore } from '../../usage-store.ts';
import type { Schema, UsageRefusalColumns, UsageReporterColumns } from '../schema.ts';
import { newestUses } from './note-uses.ts';
import { sumRows } from './sum-rows.ts';
import { isWhole, type TakenBatches, withBatch } from './taken-batches.ts';
import { countsOf, seriesOf, sourcesOf } from './usage-columns.ts';
import { usageStatements } from './usage-statements.ts';

/** Series that are known to be in the table; forgotten all at once when they are this many. */
const KNOWN_SERIES_LIMIT = 200_000;

/** See {@link UsageStore.addUsage}. */
export function usageWriter(writer: Kysely<Schema>): UsageStore['addUsage'] {
  const { putSeries, addCounts, addSources, noteUses, keepRefusals } = usageStatements(writer);
  const known = new Set<string>();

  return async (addition) => {
    const counted = addition.counters.map((row) => ({ row, series: seriesOf(row) }));
    const unknown = new Map(
      counted.filter(({ series }) => !known.has(series.id)).map(({ series }) => [series.id, series]),
    );
    const outcome = await writer.transaction().execute(async (transaction) => {
      if (!(await takeBatch(transaction, addition))) return 'replayed';
      await putSeries(transaction, [...unknown.values()]);
      await addCounts(
        transaction,
        countsOf(counted.map(({ row, series }) => ({ ...row, series: series.id }))),
      );
      await addSources(transaction, sourcesOf(addition.sources));
      await noteUses(transaction, newestUses(addition.uses));
      await keepRefusals(transaction, refusalColumns(addition.refusals));
      return 'taken';
    });
    if (outcome === 'taken') {
      if (known.size + unknown.size > KNOWN_SERIES_LIMIT) known.clear();
      for (const id of unknown.keys()) known.add(id);
    }
    return outcome;
  };
}

/** Notes who reported and which batch; false where it was taken before. */
async function takeBatch(db: Kysely<Schema>, addition: UsageAddition): Promise<boolean> {
  const { reporter, token, sequence, reportedAt, skewMs, until, isLast } = addition;
  const row = await db
    .selectFrom('usage_reporters')
    .selectAll()
    .where('id', '=', reporter)
    .executeTakeFirst();
  // Only this file writes the column.
  const before: TakenBatches = row === undefined ? [] : JSON.parse(row.taken);
  const taken = withBatch(before, sequence);
  if (taken === undefined) return false;
  const known = row?.reported_until ?? null;
  const reached = until !== null && isWhole(taken, sequence) ? Math.max(until, known ?? 0) : known;
  const columns: UsageReporterColumns = {
    id: reporter,
    token,
    taken: JSON.stringify(taken),
    reported_until: reached,
    last_sequence: isLast ? sequence : (row?.last_sequence ?? null),
    reported_at: reportedAt,
    skew_ms: skewMs,
  };
  const { id: _id, ...rest } = columns;
  await db
    .insertInto('usage_reporters')
    .values(columns)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
    .execute();
  return true;
}

function refusalColumns(refusals: readonly RefusalRow[]): readonly UsageRefusalColumns[] {
  return sumRows(
    refusals.map(({ requestId, account, token, ...rest }) => ({
      ...rest,
      request_id: requestId,
      account: account ?? '',
      token: token ?? '',
    })),
    (row) => row.request_id,
    (one) => one,
  );
}
