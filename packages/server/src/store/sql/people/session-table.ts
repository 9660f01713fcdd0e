import type { CompiledQuery, Kysely } from 'kysely';
import type { SessionStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import { personOf, sessionColumns, sessionOf } from './people-codec.ts';
import type { SessionColumns } from './people-schema.ts';

/** The session of an id where it is signed in and not over at `at`. */
export function signedInQuery(db: Kysely<Schema>, id: string, at: number): CompiledQuery<SessionColumns> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'signed_in')
    .where('expires_at', '>', at)
    .compile();
}

/** @param now unix milliseconds */
export function sessionTable({ reader, writer }: SqlEngine, now: () => number): SessionStore {
  return {
    async addSession(row) {
      await writer.insertInto('sessions').values(sessionColumns(row)).execute();
    },
    async session(digest) {
      const session = await reader
        .selectFrom('sessions')
        .selectAll()
        .where('digest', '=', digest)
        .executeTakeFirst();
      if (session === undefined) return undefined;
      const person = await reader
        .selectFrom('people')
        .selectAll()
        .where('id', '=', session.person)
        .executeTakeFirst();
      return person && { session: sessionOf(session), person: personOf(person) };
    },
    async signedInSession(id) {
      const [row] = (await reader.executeQuery(signedInQuery(reader, id, now()))).rows;
      return row && sessionOf(row);
    },
    async rotateSession(from, { digest, state, stepUps, seenAt, expiresAt }) {
      const { numUpdatedRows } = await writer
        .updateTable('sessions')
        .set({
          digest,
          state,
          step_ups: JSON.stringify(stepUps),
          seen_at: seenAt,
          expires_at: expiresAt,
        })
        .where('digest', '=', from)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
    async touchSession(id, seenAt) {
      await writer
        .updateTable('sessions')
        .set({ seen_at: seenAt })
        .where('id', '=', id)
        .where('seen_at', '<', seenAt)
        .execute();
    },
    async sessionsOf(person, at) {
      const rows = await reader
        .selectFrom('sessions')
        .selectAll()
        .where('person', '=', person)
        .where('state', '=', 'signed_in')
        .where('expires_at', '>', at)
        .orderBy('seen_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(sessionOf);
    },
    async endSession(person, id) {
      const { numDeletedRows } = await writer
        .deleteFrom('sessions')
        .where('person', '=', person)
        .where('id', '=', id)
        .executeTakeFirst();
      return Number(numDeletedRows) === 1;
    },
    async endSessions(person, except) {
      const all = writer.deleteFrom('sessions').where('person', '=', person);
      const { numDeletedRows } = await (except === null
        ? all
        : all.where('id', '!=', except)
      ).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
