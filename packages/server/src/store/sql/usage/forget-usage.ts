import type { Kysely } from 'kysely';
import { OTHER, type UsageStore } from '../../usage-store.ts';
import type { Schema, UsageSourceColumns } from '../schema.ts';
import { SECONDS_OF, sumSources } from './usage-columns.ts';
import { usageStatements } from './usage-statements.ts';

export function usageKeeping(writer: Kysely<Schema>): Pick<UsageStore, 'forgetUsage' | 'foldUsers'> {
  const { addSources } = usageStatements(writer);
  return {
    async forgetUsage({ minutesBefore, hoursBefore, daysBefore, refusalsBefore, reportersBefore }) {
      const steps = [
        [SECONDS_OF.minute, minutesBefore],
        [SECONDS_OF.hour, hoursBefore],
        [SECONDS_OF.day, daysBefore],
      ] as const;
      let gone = 0;
      for (const [step, before] of steps) {
        for (const table of ['usage_counts', 'usage_sources'] as const) {
          gone += await removed(
            writer.deleteFrom(table).where('step', '=', step).where('at', '<', before).executeTakeFirst(),
          );
        }
      }
      gone += await removed(
        writer.deleteFrom('usage_refusals').where('at', '<', refusalsBefore).executeTakeFirst(),
      );
      gone += await removed(
        writer.deleteFrom('usage_reporters').where('reported_at', '<', reportersBefore).executeTakeFirst(),
      );
      return gone;
    },

    async foldUsers({ since, limit }) {
      const crowded = await writer
        .selectFrom('usage_sources')
        .select(['token', 'step', 'at'])
        .where('step', 'in', [SECONDS_OF.hour, SECONDS_OF.day])
        .where('at', '>=', since)
        .groupBy(['token', 'step', 'at'])
        .having(({ fn }) => fn.countAll(), '>', limit)
        .execute();
      let gone = 0;
      for (const place of crowded) {
        gone += await writer.transaction().execute(async (transaction) => {
          const rows = await transaction
            .selectFrom('usage_sources')
            .selectAll()
            .where('token', '=', place.token)
            .where('step', '=', place.step)
            .where('at', '=', place.at)
            .execute();
          const folded = foldRarest(rows, limit);
          await transaction
            .deleteFrom('usage_sources')
            .where('token', '=', place.token)
            .where('step', '=', place.step)
            .where('at', '=', place.at)
            .execute();
          await addSources(transaction, folded);
          return rows.length - folded.length;
        });
      }
      return gone;
    },
  };
}

/**
 * The most frequent rows as they are, all others as one for each service and kind. The sums stay. A quarter of the room is left free, so
 * that not every new user makes this work again.
 */
function foldRarest(rows: readonly UsageSourceColumns[], limit: number): readonly UsageSourceColumns[] {
  const kept = Math.floor((limit * 3) / 4);
  const byCount = [...rows].sort((one, other) => other.count - one.count || other.last_at - one.last_at);
  const rest = byCount.slice(kept).map((row) => ({ ...row, origin: OTHER, client: OTHER, address: OTHER }));
  return sumSources([...byCount.slice(0, kept), ...rest]);
}

async function removed(result: Promise<{ readonly numDeletedRows: bigint }>): Promise<number> {
  return Number((await result).numDeletedRows);
}
