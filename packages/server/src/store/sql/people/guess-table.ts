import type { GuessStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';

export function guessTable({ reader, writer }: SqlEngine): GuessStore {
  return {
    async guess(key) {
      const row = await reader.selectFrom('guesses').selectAll().where('key', '=', key).executeTakeFirst();
      return row && { key, failures: row.failures, nextAt: row.next_at, isKept: row.kept === 1 };
    },
    async replaceGuess(seen, { key, failures, nextAt, isKept }, at) {
      const kept = isKept ? 1 : 0;
      if (seen === undefined) {
        const { numInsertedOrUpdatedRows } = await writer
          .insertInto('guesses')
          .values({ key, failures, next_at: nextAt, last_at: at, kept })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst();
        return Number(numInsertedOrUpdatedRows ?? 0) === 1;
      }
      const { numUpdatedRows } = await writer
        .updateTable('guesses')
        .set({ failures, next_at: nextAt, last_at: at, kept })
        .where('key', '=', key)
        .where('failures', '=', seen.failures)
        .where('next_at', '=', seen.nextAt)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
    async forgetGuess(key) {
      await writer.deleteFrom('guesses').where('key', '=', key).execute();
    },
    async sweepGuesses({ before, keep }) {
      const old = await writer
        .deleteFrom('guesses')
        .where('kept', '=', 0)
        .where('last_at', '<', before)
        .executeTakeFirst();
      const surplus = await writer
        .deleteFrom('guesses')
        .where('key', 'in', (rows) =>
          rows
            .selectFrom('guesses')
            .select('key')
            .where('kept', '=', 0)
            .orderBy('last_at', 'desc')
            .limit(1_000_000_000)
            .offset(keep),
        )
        .executeTakeFirst();
      return Number(old.numDeletedRows) + Number(surplus.numDeletedRows);
    },
  };
}
