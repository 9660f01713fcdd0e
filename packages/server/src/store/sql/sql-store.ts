import type { Tombstone } from '../rows.ts';
import type { Store } from '../store.ts';
import { auditLog } from './audit-log.ts';
import { changeLog } from './change-log.ts';
import type { SqlEngine } from './engine.ts';
import { epochs } from './epochs.ts';
import { groupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { guessTable } from './people/guess-table.ts';
import { linkTable } from './people/link-table.ts';
import { mailTable } from './people/mail-table.ts';
import { memberTable } from './people/member-table.ts';
import { personTable } from './people/person-table.ts';
import { sessionTable } from './people/session-table.ts';
import { revocationReads } from './revocation-reads.ts';
import { rotationReads } from './rotation-reads.ts';
import { sweepChanges, sweepIdempotency } from './sweep-history.ts';
import { sweepTemporary } from './sweep-temporary.ts';
import { tokenReads } from './token-reads.ts';
import { usageWriter } from './usage/add-usage.ts';
import { usageKeeping } from './usage/forget-usage.ts';
import { usesWriter } from './usage/note-uses.ts';
import { usageReads } from './usage/usage-reads.ts';
import { verifierTable } from './verifier-table.ts';

export interface SqlStoreOptions {
  readonly engine: SqlEngine;
  /** Unix milliseconds: the time of each commit. */
  readonly now: () => number;
  /** Names the history that begins when the database is new: 1 to 64 of `A-Za-z0-9_-`, never used before. */
  readonly newEpoch: string;
  /**
   * Writes revocations down outside the database. Called after the commit that holds them; their works are answered once it
   * resolves, and rejected with its error where it rejects.
   */
  readonly recordRevocations?: RecordRevocations | undefined;
}

export type RecordRevocations = (revoked: readonly Tombstone[]) => Promise<void>;

/** The store on any engine that speaks plain SQL. It owns the engine: closing the one closes the other. */
export async function openSqlStore(options: SqlStoreOptions): Promise<Store> {
  const { engine, now, newEpoch, recordRevocations } = options;
  await migrate(engine.writer, newEpoch);
  const commits = groupCommit(engine, now, recordRevocations);
  const feed = changeLog(engine);
  return {
    ...tokenReads(engine.reader),
    ...auditLog(engine.reader),
    ...feed,
    ...verifierTable(engine),
    ...epochs(engine),
    ...revocationReads(engine.reader),
    ...usageReads(engine.reader),
    ...usageKeeping(engine.writer),
    addUsage: usageWriter(engine.writer),
    noteUses: usesWriter(engine.writer),
    ...rotationReads(engine.reader),
    ...personTable(engine),
    ...sessionTable(engine, now),
    ...guessTable(engine),
    ...linkTable(engine),
    ...mailTable(engine),
    ...memberTable(engine),
    change: commits.change,
    onCommit: commits.onCommit,
    sweepTemporary: (query) => sweepTemporary(engine.writer, query),
    sweepChanges: (query) => sweepChanges(engine.writer, query),
    sweepIdempotency: (query) => sweepIdempotency(engine.writer, query),
    sizeBytes: engine.sizeBytes,
    async ping() {
      await feed.head();
    },
    async close() {
      await commits.close();
      await engine.close();
    },
  };
}
