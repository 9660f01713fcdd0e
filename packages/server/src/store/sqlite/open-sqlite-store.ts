import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SqlEngine } from '../sql/engine.ts';
import { openSqlStore, type RecordRevocations } from '../sql/sql-store.ts';
import type { Store } from '../store.ts';
import { openConnection } from './connection.ts';
import { lockDatabase } from './folder-lock.ts';
import { makePrivate } from './private-file.ts';

/** `folder` holds `latchkey.db` and what SQLite puts beside it; `file` names the database itself. */
export type SqliteStoreOptions = ({ readonly folder: string } | { readonly file: string }) & {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly recordRevocations?: RecordRevocations;
};

/**
 * Opens the store in a folder, which is made where it is missing, readable by its owner only. A folder has one
 * process that writes, so a second one is refused while the first is running.
 * @throws Error when the folder is in use, cannot be written, or holds the database of a newer version
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const file = 'file' in options ? options.file : join(options.folder, 'latchkey.db');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = lockDatabase(file);
  let engine: SqlEngine | undefined;
  try {
    engine = openEngine(file, lock.release);
    const { now, recordRevocations } = options;
    const newEpoch = randomBytes(12).toString('base64url');
    return await openSqlStore({ engine, now, newEpoch, recordRevocations });
  } catch (error) {
    if (engine === undefined) lock.release();
    else await engine.close();
    throw error;
  }
}

function openEngine(file: string, release: () => void): SqlEngine {
  makePrivate(file);
  const writer = openConnection(file, 'write');
  const reader = openConnection(file, 'read');
  return {
    writer: writer.db,
    reader: reader.db,
    begin: 'begin immediate',
    isInTransaction: writer.isInTransaction,
    openReader() {
      const own = openConnection(file, 'read');
      return {
        db: own.db,
        async close() {
          own.close();
        },
      };
    },
    async sizeBytes() {
      return sizeOf(file) + sizeOf(`${file}-wal`);
    },
    async close() {
      reader.close();
      writer.close();
      release();
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
