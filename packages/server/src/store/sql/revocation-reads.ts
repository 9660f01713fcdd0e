import type { TokenId } from '@latchkey/core';
import type { Kysely } from 'kysely';
import type { Tombstone } from '../rows.ts';
import type { RevocationStore } from '../store.ts';
import type { Schema } from './schema.ts';

/** Ids in one statement: fewer than any engine's limit of bound values. */
const STEP = 500;

export function revocationReads(reader: Kysely<Schema>): RevocationStore {
  return {
    async revivedAmong(tombstones) {
      const revived: Tombstone[] = [];
      for (let at = 0; at < tombstones.length; at += STEP) {
        const some = new Map(tombstones.slice(at, at + STEP).map(({ id, digest }) => [id as string, digest]));
        const rows = await reader
          .selectFrom('tokens')
          .select(['id', 'digest'])
          .where('id', 'in', [...some.keys()])
          .where('status', '=', 'active')
          .execute();
        for (const row of rows) if (some.get(row.id) === row.digest) revived.push(tombstoneOf(row));
      }
      return revived;
    },
    async tombstones({ after, limit }) {
      const rows = await reader
        .selectFrom('tokens')
        .select(['id', 'digest'])
        .where('id', '>', after)
        .where('status', '=', 'revoked')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(tombstoneOf);
    },
  };
}

function tombstoneOf({ id, digest }: { readonly id: string; readonly digest: string }): Tombstone {
  // The table's ids were ids when they were written.
  return { id: id as TokenId, digest };
}
