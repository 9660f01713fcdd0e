import type { EpochStore } from '../store.ts';
import type { SqlEngine } from './engine.ts';
import { headOf } from './row-codec.ts';

export function epochs({ reader, writer }: SqlEngine): EpochStore {
  return {
    async startEpoch(alarm, instead) {
      return writer.transaction().execute(async (transaction) => {
        const changed = await transaction
          .updateTable('head')
          .set({ epoch: alarm.epoch })
          .where('id', '=', 1)
          .where('epoch', '=', instead)
          .executeTakeFirst();
        if (changed.numUpdatedRows > 0n) await transaction.insertInto('alarms').values(alarm).execute();
        return headOf(await transaction.selectFrom('head').selectAll().executeTakeFirstOrThrow());
      });
    },
    async countRevived(epoch, revived) {
      const { numUpdatedRows } = await writer
        .updateTable('alarms')
        .set((columns) => ({ revived: columns('revived', '+', revived) }))
        .where('epoch', '=', epoch)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async alarms(limit) {
      return reader
        .selectFrom('alarms')
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('epoch')
        .limit(limit)
        .execute();
    },
  };
}
