import { type Kysely, sql } from 'kysely';
import type { SweepStore } from '../store.ts';
import type { Schema } from './schema.ts';

/** See {@link SweepStore}. One transaction, so that no key is left that stands for a forgotten token. */
export async function sweepTemporary(
  writer: Kysely<Schema>,
  { expiredBefore, limit }: Parameters<SweepStore['sweepTemporary']>[0],
): Promise<number> {
  return writer.transaction().execute(async (transaction) => {
    const expired = await transaction
      .selectFrom('tokens')
      .select('id')
      // Written out, because a bound value keeps the partial index from being used.
      .where('usage', '=', sql.lit('tk'))
      .where('expires', '<', expiredBefore)
      .orderBy('expires')
      .limit(limit)
      .execute();
    if (expired.length === 0) return 0;
    const ids = expired.map(({ id }) => id);
    await transaction.deleteFrom('idempotency').where('token', 'in', ids).execute();
    await transaction.deleteFrom('tokens').where('id', 'in', ids).execute();
    return ids.length;
  });
}
