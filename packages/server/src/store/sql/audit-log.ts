import type { Kysely } from 'kysely';
import type { AuditStore } from '../store.ts';
import { auditOf } from './row-codec.ts';
import type { Schema } from './schema.ts';

export function auditLog(db: Kysely<Schema>): AuditStore {
  return {
    async auditRows({ account, subject, action, before, limit }) {
      let rows = db.selectFrom('audit').selectAll().orderBy('sequence', 'desc').limit(limit);
      if (account !== null) rows = rows.where('account', '=', account);
      if (subject !== null) rows = rows.where('subject', '=', subject);
      if (action !== null) rows = rows.where('action', '=', action);
      if (before !== null) rows = rows.where('sequence', '<', before);
      return (await rows.execute()).map(auditOf);
    },
  };
}
