import { formatRecord } from '@latchkey/wire/feed';
import { type Kysely, sql } from 'kysely';
import { feedRecordOfAccount, feedRecordOfToken } from '../feed-record.ts';
import type { Head } from '../rows.ts';
import type { FeedStore } from '../store.ts';
import { CHAIN_BEGINNING } from './chain.ts';
import type { OpenReader, SqlEngine } from './engine.ts';
import { accountOf, changeOf, headOf, tokenOf } from './row-codec.ts';
import type { HeadColumns, Schema } from './schema.ts';
import { statement } from './statement.ts';

const SNAPSHOT_STEP = 1000;

/** What verifiers follow: the head, the changes after a revision, and everything at once. */
export function changeLog(engine: SqlEngine): FeedStore {
  const { reader } = engine;
  const headOnly = statement<object, HeadColumns>(() => reader.selectFrom('head').selectAll());
  return {
    async head() {
      return firstHead((await reader.executeQuery(headOnly({}))).rows);
    },
    async changesAfter(revision, limit) {
      const rows = await reader
        .selectFrom('changes')
        .select(['revision', 'at', 'record', 'chain'])
        .where('revision', '>', revision)
        .orderBy('revision')
        .limit(limit)
        .execute();
      return rows.map(changeOf);
    },
    async chainAt(revision) {
      if (revision === 0) return (await isWhole(reader)) ? CHAIN_BEGINNING : undefined;
      const row = await reader
        .selectFrom('changes')
        .select('chain')
        .where('revision', '=', revision)
        .executeTakeFirst();
      return row?.chain;
    },
    async snapshot() {
      const open = engine.openReader();
      const transaction = await open.db.startTransaction().execute();
      const close = async () => {
        await transaction.commit().execute();
        await open.close();
      };
      try {
        const head = firstHead(await transaction.selectFrom('head').selectAll().execute());
        return { head, records: closing(snapshotRecords(transaction), close) };
      } catch (error) {
        await abandon(open);
        throw error;
      }
    },
  };
}

/** The log still begins with the first change. */
async function isWhole(reader: Kysely<Schema>): Promise<boolean> {
  const first = await reader
    .selectFrom('changes')
    .select('revision')
    .orderBy('revision')
    .limit(1)
    .executeTakeFirst();
  return first === undefined || first.revision === 1;
}

async function abandon(open: OpenReader): Promise<void> {
  await open.close();
}

function firstHead(rows: readonly HeadColumns[]): Head {
  const [columns] = rows;
  if (columns === undefined) throw new Error('the database has no head row');
  return headOf(columns);
}

async function* snapshotRecords(db: Kysely<Schema>): AsyncGenerator<string> {
  const suspended = await db
    .selectFrom('accounts')
    .selectAll()
    .where('status', '=', sql.lit('suspended'))
    .execute();
  for (const columns of suspended)
    yield formatRecord(feedRecordOfAccount(accountOf(columns), columns.revision));

  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('tokens')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(SNAPSHOT_STEP)
      .execute();
    for (const columns of rows) {
      yield formatRecord(feedRecordOfToken(tokenOf(columns), columns.revision));
      after = columns.id;
    }
    if (rows.length < SNAPSHOT_STEP) return;
  }
}

/** Closes once, when the reader of `records` has come to the end or gives up. */
async function* closing(records: AsyncGenerator<string>, close: () => Promise<void>): AsyncGenerator<string> {
  try {
    yield* records;
  } finally {
    await close();
  }
}
