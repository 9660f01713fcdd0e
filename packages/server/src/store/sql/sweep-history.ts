import type { Kysely } from 'kysely';
import type { SweepStore } from '../store.ts';
import type { Schema } from './schema.ts';

/** See {@link SweepStore}. By number, so that no time or clock decides what is left. */
export async function sweepChanges(
  writer: Kysely<Schema>,
  { keep, limit }: Parameters<SweepStore['sweepChanges']>[0],
): Promise<number> {
  const head = await writer.selectFrom('head').select('revision').executeTakeFirstOrThrow();
  const first = await writer
    .selectFrom('changes')
    .select('revision')
    .orderBy('revision')
    .limit(1)
    .executeTakeFirst();
  if (first === undefined) return 0;
  const last = Math.min(head.revision - keep, first.revision + limit - 1);
  if (last < first.revision) return 0;
  const gone = await writer.deleteFrom('changes').where('revision', '<=', last).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** See {@link SweepStore}. */
export async function sweepIdempotency(
  writer: Kysely<Schema>,
  { before, limit }: Parameters<SweepStore['sweepIdempotency']>[0],
): Promise<number> {
  return writer.transaction().execute(async (transaction) => {
    const keys = await transaction
      .selectFrom('idempotency')
      .select(['account', 'key'])
      .where('at', '<', before)
      .orderBy('at')
      .limit(limit)
      .execute();
    for (const { account, key } of keys) {
      await transaction
        .deleteFrom('idempotency')
        .where('account', '=', account)
        .where('key', '=', key)
        .execute();
    }
    return keys.length;
  });
}
