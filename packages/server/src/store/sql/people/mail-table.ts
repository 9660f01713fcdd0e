import type { MailRow } from '../../people-rows.ts';
import type { MailStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import type { MailColumns } from './people-schema.ts';

export function mailTable({ reader, writer }: SqlEngine): MailStore {
  return {
    async addMail({ id, sealed, tries, nextAt, expiresAt }) {
      const columns = { id, sealed, tries, next_at: nextAt, expires_at: expiresAt };
      await writer.insertInto('mails').values(columns).execute();
    },
    async nextMail() {
      const row = await reader
        .selectFrom('mails')
        .selectAll()
        .orderBy('next_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row && mailOf(row);
    },
    async claimMail({ id, tries }, nextAt) {
      const { numUpdatedRows } = await writer
        .updateTable('mails')
        .set({ tries: tries + 1, next_at: nextAt })
        .where('id', '=', id)
        .where('tries', '=', tries)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
    async dropMail(id) {
      await writer.deleteFrom('mails').where('id', '=', id).execute();
    },
    async countMails() {
      const { count } = await reader
        .selectFrom('mails')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

function mailOf({ id, sealed, tries, next_at, expires_at }: MailColumns): MailRow {
  return { id, sealed, tries, nextAt: next_at, expiresAt: expires_at };
}
