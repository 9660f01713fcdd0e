import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely';
import type { Schema } from '../sql/schema.ts';

/** Statements kept ready per connection; the shared SQL has some fifty, and lists a few per combination of filters. */
const STATEMENT_LIMIT = 500;
const BUSY_TIMEOUT_MS = 5000;
const CACHE_KIB = 64 * 1024;

export interface Connection {
  readonly db: Kysely<Schema>;
  isInTransaction(): boolean;
  close(): void;
}

/**
 * Opens a connection on which a commit is on disk when it returns.
 * @throws Error when SQLite did not take one of the settings that this depends on
 */
export function openConnection(file: string, mode: 'write' | 'read'): Connection {
  const raw = new Database(file, { readonly: mode === 'read', timeout: BUSY_TIMEOUT_MS });
  try {
    // Write-ahead logging makes NORMAL the default, which acknowledges commits that a power cut undoes.
    if (mode === 'write') raw.pragma('journal_mode = wal');
    raw.pragma('synchronous = full');
    raw.pragma('foreign_keys = on');
    raw.pragma(`cache_size = -${CACHE_KIB}`);
    demand(raw, 'journal_mode', 'wal');
    demand(raw, 'synchronous', 2);
    demand(raw, 'foreign_keys', 1);
    demand(raw, 'busy_timeout', BUSY_TIMEOUT_MS);
  } catch (error) {
    raw.close();
    throw error;
  }
  return {
    db: new Kysely<Schema>({ dialect: new SqliteDialect({ database: preparing(raw) }) }),
    isInTransaction: () => raw.inTransaction,
    close() {
      raw.close();
    },
  };
}

function demand(raw: Database.Database, name: string, wanted: string | number): void {
  const found: unknown = raw.pragma(name, { simple: true });
  if (found !== wanted) throw new Error(`SQLite has ${name} = ${String(found)} where ${wanted} is needed`);
}

/** Prepares each statement once: preparing costs more than most of them take to run. */
function preparing(raw: Database.Database) {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(sql: string): SqliteStatement {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const made = raw.prepare<unknown[]>(sql);
      if (prepared.size >= STATEMENT_LIMIT) prepared.clear();
      prepared.set(sql, made);
      return made;
    },
    close() {
      raw.close();
    },
  };
}
