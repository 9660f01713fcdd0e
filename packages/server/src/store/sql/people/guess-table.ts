import type { CompiledQuery, Kysely } from 'kysely';
import type { GuessRow } from '../../people-rows.ts';
import type { GuessStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import type { GuessColumns } from './people-schema.ts';

export function guessQuery(db: Kysely<Schema>, key: string): CompiledQuery<GuessColumns> {
  return db.selectFrom('guesses').selectAll().where('key', '=', key).compile();
}

export function guessOf({ key, failures, next_at }: GuessColumns): GuessRow {
  return { key, failures, nextAt: next_at };
}

export function guessColumns({ key, failures, nextAt }: GuessRow, at: number): GuessColumns {
  return { key, failures, next_at: nextAt, last_at: at };
}

export function guessTable({ reader, writer }: SqlEngine): GuessStore {
  return {
    async guess(key) {
      const [row] = (await reader.executeQuery(guessQuery(reader, key))).rows;
      return row && guessOf(row);
    },
    async replaceGuess(seen, row, at) {
      const { key, ...columns } = guessColumns(row, at);
      if (seen === undefined) {
        const { numInsertedOrUpdatedRows } = await writer
          .insertInto('guesses')
          .values({ key, ...columns })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst();
        return Number(numInsertedOrUpdatedRows ?? 0) === 1;
      }
      const { numUpdatedRows } = await writer
        .updateTable('guesses')
        .set(columns)
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
      const old = await writer.deleteFrom('guesses').where('last_at', '<', before).executeTakeFirst();
      const surplus = await writer
        .deleteFrom('guesses')
        .where('key', 'in', (rows) =>
          rows
            .selectFrom('guesses')
            .select('key')
            .orderBy('failures', 'desc')
            .orderBy('last_at', 'desc')
            .limit(1_000_000_000)
            .offset(keep),
        )
        .executeTakeFirst();
      return Number(old.numDeletedRows) + Number(surplus.numDeletedRows);
    },
  };
}
