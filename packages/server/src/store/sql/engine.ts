import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** What a database engine adds to the shared SQL: connections, and how a change begins. */
export interface SqlEngine {
  /** Runs changes, one group at a time. */
  readonly writer: Kysely<Schema>;
  /** Sees what is committed, and goes on while a change runs. */
  readonly reader: Kysely<Schema>;
  /** Statement that begins a transaction in which no other change can come between its reads and its writes. */
  readonly begin: string;
  /** False where the engine has rolled back by itself, as SQLite does after some failures of the disk. */
  isInTransaction(): boolean;
  /** A connection of its own, for one long consistent read. Whoever opens it closes it. */
  openReader(): OpenReader;
  /** What the database takes on disk, what is free inside it too. */
  sizeBytes(): Promise<number>;
  close(): Promise<void>;
}

export interface OpenReader {
  readonly db: Kysely<Schema>;
  close(): Promise<void>;
}
