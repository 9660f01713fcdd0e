import { type Kysely, sql } from 'kysely';
import type { AuditStore } from '../store.ts';
import { auditOf } from './row-codec.ts';
import type { Schema } from './schema.ts';

export function auditLog(db: Kysely<Schema>): AuditStore {
  return {
    async auditSequence() {
      const { sequence } = await db.selectFrom('head').select('sequence').executeTakeFirstOrThrow();
      return sequence;
    },
    async auditAfter(sequence, limit) {
      const rows = db.selectFrom('audit').selectAll().where('sequence', '>', sequence);
      return (await rows.orderBy('sequence').limit(limit).execute()).map(auditOf);
    },
    async auditRows({ account, subject, action, actor, since, until, before, limit }) {
      let rows = db.selectFrom('audit').selectAll().orderBy('sequence', 'desc').limit(limit);
      if (account !== null) rows = rows.where('account', '=', account);
      if (subject !== null) rows = rows.where('subject', '=', subject);
      if (action !== null) rows = rows.where('action', '=', action);
      if (actor !== undefined) rows = rows.where(byActor(actor));
      if (since !== undefined)
        rows = rows.where('sequence', '>=', await firstSince(db, since)).where('at', '>=', since);
      if (until !== undefined)
        rows = rows.where('sequence', '<', await firstSince(db, until)).where('at', '<', until);
      if (before !== null) rows = rows.where('sequence', '<', before);
      return (await rows.execute()).map(auditOf);
    },
  };
}

/** The actor is stored as JSON, in which a member with this very text is looked for. */
function byActor(actor: string) {
  const pattern = JSON.stringify(actor).replaceAll(/[\\%_]/g, '\\$&');
  const [id, person, name] = ['id', 'person', 'name'].map((key) => `%"${key}":${pattern}%`);
  return sql<boolean>`(actor like ${id} escape '\\' or actor like ${person} escape '\\' or actor like ${name} escape '\\')`;
}

/**
 * The first sequence that is not older than this moment. Sequences have no gap and times grow with them, so it is found by halving, with
 * some twenty look-ups by primary key and no index.
 */
async function firstSince(db: Kysely<Schema>, at: number): Promise<number> {
  const newest = await db
    .selectFrom('audit')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  let low = 1;
  let high = (newest?.sequence ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await db.selectFrom('audit').select('at').where('sequence', '=', middle).executeTakeFirst();
    if (row !== undefined && row.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
