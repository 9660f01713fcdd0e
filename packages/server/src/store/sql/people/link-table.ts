import type { KeyCheckStore, LinkStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import { linkOf } from './people-codec.ts';

export function linkTable({ reader, writer }: SqlEngine): LinkStore & KeyCheckStore {
  return {
    async addLink({ digest, purpose, person, expiresAt }, only) {
      await writer.transaction().execute(async (transaction) => {
        if (only) {
          await transaction
            .deleteFrom('links')
            .where('purpose', '=', purpose)
            .where('person', person === null ? 'is' : '=', person)
            .execute();
        }
        await transaction
          .insertInto('links')
          .values({ digest, purpose, person, expires_at: expiresAt })
          .execute();
      });
    },
    async link(digest, purpose, at) {
      const row = await reader
        .selectFrom('links')
        .selectAll()
        .where('digest', '=', digest)
        .where('purpose', '=', purpose)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return row && linkOf(row);
    },
    async takeLink(digest, purpose, at) {
      const row = await writer
        .deleteFrom('links')
        .where('digest', '=', digest)
        .where('purpose', '=', purpose)
        .where('expires_at', '>', at)
        .returningAll()
        .executeTakeFirst();
      return row && linkOf(row);
    },
    async sweepOver(at) {
      let gone = 0;
      for (const table of ['links', 'sessions', 'invitations'] as const) {
        const { numDeletedRows } = await writer
          .deleteFrom(table)
          .where('expires_at', '<=', at)
          .executeTakeFirst();
        gone += Number(numDeletedRows);
      }
      return gone;
    },
    async keyCheck(check) {
      await writer
        .insertInto('key_check')
        .values({ id: 1, value: check })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      const { value } = await writer.selectFrom('key_check').select('value').executeTakeFirstOrThrow();
      return value;
    },
  };
}
