import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Head, Tombstone } from '../rows.ts';
import type { Changes, Committed } from '../store.ts';
import { type AppliedWork, applyWork } from './apply-work.ts';
import { changeStatements } from './change-statements.ts';
import type { SqlEngine } from './engine.ts';
import { numberChanges } from './number-changes.ts';
import { pendingWork } from './pending-work.ts';
import type { Schema } from './schema.ts';

/** So many works share one transaction at most, so that none waits long for its commit. */
const GROUP_LIMIT = 256;

const SAVEPOINT = CompiledQuery.raw('savepoint work');
const RELEASE = CompiledQuery.raw('release savepoint work');
const ROLLBACK_TO = CompiledQuery.raw('rollback to savepoint work');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

interface Queued {
  readonly work: (changes: Changes) => Promise<unknown>;
  readonly resolve: (committed: Committed<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

type Attempt =
  | { readonly ok: true; readonly value: unknown; readonly applied: AppliedWork }
  | { readonly ok: false; readonly error: unknown };

export interface GroupCommit {
  change<T>(work: (changes: Changes) => Promise<T>): Promise<Committed<T>>;
  onCommit(listener: (head: Head) => void): () => void;
  /** Lets what was asked for finish, then takes no more. */
  close(): Promise<void>;
}

/**
 * Runs works one after the other, many in one transaction: those that arrive while a commit runs share the next one,
 * each in its own savepoint. A commit that fails rejects every work of its group.
 */
export function groupCommit(
  engine: SqlEngine,
  now: () => number,
  recordRevocations: (revoked: readonly Tombstone[]) => Promise<void> = async () => undefined,
): GroupCommit {
  const { writer } = engine;
  const begin = CompiledQuery.raw(engine.begin);
  const statements = changeStatements(writer);
  const listeners = new Set<(head: Head) => void>();
  const queue: Queued[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  async function runGroups(): Promise<void> {
    try {
      while (queue.length > 0) {
        // Requests that came in with this one are still being read: let them join.
        await nextTurn();
        await commitGroup(queue.splice(0, GROUP_LIMIT));
      }
    } finally {
      running = undefined;
    }
  }

  async function commitGroup(group: readonly Queued[]): Promise<void> {
    let attempts: readonly Attempt[];
    let numbered: Awaited<ReturnType<typeof numberChanges>>;
    try {
      [attempts, numbered] = await writer.connection().execute((db) => transaction(db, group));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    // Verifiers hear of it before the callers do.
    const { head } = numbered;
    if (head !== undefined) for (const listener of listeners) listener(head);
    const recorded = await record(attempts);
    let applied = 0;
    group.forEach(({ resolve, reject }, index) => {
      const attempt = attempts[index];
      if (!attempt?.ok) {
        reject(attempt?.error);
        return;
      }
      const revision = numbered.revisions[applied++] ?? null;
      if (!recorded.ok && revokedBy(attempt.applied).length > 0) reject(recorded.error);
      else resolve({ value: attempt.value, revision });
    });
  }

  async function record(
    attempts: readonly Attempt[],
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly error: unknown }> {
    const revoked = attempts.flatMap((one) => (one.ok ? revokedBy(one.applied) : []));
    if (revoked.length === 0) return { ok: true };
    try {
      await recordRevocations(revoked);
      return { ok: true };
    } catch (error) {
      return { ok: false, error };
    }
  }

  async function transaction(db: Kysely<Schema>, group: readonly Queued[]) {
    await db.executeQuery(begin);
    try {
      const attempts: Attempt[] = [];
      for (const { work } of group) attempts.push(await attempt(db, work));
      const applied = attempts.flatMap((one) => (one.ok ? [one.applied] : []));
      const numbered = await numberChanges(db, statements, applied, now());
      await db.executeQuery(COMMIT);
      return [attempts, numbered] as const;
    } catch (error) {
      await rollBack(engine, db, error);
      throw error;
    }
  }

  async function attempt(db: Kysely<Schema>, work: Queued['work']): Promise<Attempt> {
    const pending = pendingWork(db, statements, now);
    let value: unknown;
    try {
      value = await work(pending.changes);
    } catch (error) {
      refuseLostTransaction(error);
      return { ok: false, error };
    } finally {
      pending.end();
    }
    await db.executeQuery(SAVEPOINT);
    try {
      const applied = await applyWork(db, statements, pending);
      await db.executeQuery(RELEASE);
      return { ok: true, value, applied };
    } catch (error) {
      refuseLostTransaction(error);
      await db.executeQuery(ROLLBACK_TO);
      await db.executeQuery(RELEASE);
      return { ok: false, error };
    }
  }

  /** Without its transaction the group would go on outside of any, where a savepoint commits by itself. */
  function refuseLostTransaction(error: unknown): void {
    if (!engine.isInTransaction()) throw error;
  }

  return {
    change<T>(work: (changes: Changes) => Promise<T>) {
      if (closed) return Promise.reject(new Error('the store is closed'));
      return new Promise<Committed<T>>((resolve, reject) => {
        // The queue holds works of many types; each one's resolve gets the value of its own work.
        queue.push({ work, resolve: resolve as Queued['resolve'], reject });
        running ??= runGroups();
      });
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

async function rollBack(engine: SqlEngine, db: Kysely<Schema>, cause: unknown): Promise<void> {
  if (!engine.isInTransaction()) return;
  try {
    await db.executeQuery(ROLLBACK);
  } catch (error) {
    throw new AggregateError([cause, error], 'a change failed and could not be rolled back');
  }
}

function revokedBy({ changes }: AppliedWork): readonly Tombstone[] {
  return changes.flatMap((change) =>
    'token' in change && change.token.status === 'revoked'
      ? [{ id: change.token.id, digest: change.token.digest }]
      : [],
  );
}
