import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { StalenessBounds } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import { describeError } from '../feed/failed-call.ts';
import type { NotedChange, Position } from '../feed/position.ts';
import type { Replica } from '../replica/replica.ts';
import type { ChangeLog } from './change-log.ts';
import { createChangeLog, replayChanges } from './change-log.ts';
import type { Slot } from './claim-slot.ts';
import { claimSlot } from './claim-slot.ts';
import type { CopyHead } from './copy-format.ts';
import { loadCopy } from './load-copy.ts';
import { saveCopy } from './save-copy.ts';

/** What a replica was when it was read from disk. */
export interface LoadedCopy {
  readonly position: Position;
  /** How long ago it was complete, by the wall clock; undefined where that time lies in the future, so that nobody knows. */
  readonly ageMs: number | undefined;
  readonly staleness: StalenessBounds;
}

/** What is worth being kept now. */
export interface CopyState {
  readonly position: Position | undefined;
  /** Monotonic milliseconds at which the replica was complete; -Infinity: never. */
  readonly completeAt: number;
  readonly staleness: StalenessBounds;
}

/**
 * The copy of a replica on disk, and the changes since it was begun, from which a verifier goes on after a restart. Never rejects: what goes
 * wrong is a problem.
 */
export interface DiskCopy {
  /** Reads what is there into the empty replica; undefined where there is nothing that can be used. */
  load(): Promise<LoadedCopy | undefined>;
  /** Names this verifier through its restarts; undefined before it is loaded, and where the folder cannot be used. */
  readonly instance: string | undefined;
  /** A change has been applied. */
  note(change: NotedChange): void;
  /** Resolves once what was noted outlives this process: then it may be acknowledged. A copy that would be older is removed. */
  flush(): Promise<void>;
  /** To be called each second: saves in the background where too much has changed, and notes that the replica is complete. */
  saveIfDue(state: CopyState): void;
  /** Waits for what is under way, and saves what is not saved yet. */
  close(state: CopyState): Promise<void>;
  /** Why there is no copy, or why it is older than it should be; for people. */
  readonly problem: string | undefined;
  /** Unix milliseconds at which what is on disk was complete. */
  readonly completeAt: number | undefined;
}

/** What is on disk. */
interface Copy {
  readonly log: ChangeLog;
  /** The count of snapshots when it was begun: a later snapshot is not in it. */
  readonly replacements: number;
  completeAt: number;
}

/** A restart loses at most this much of the time until the bounds of staleness; after a power cut too. */
const MARK_MS = 10_000;
/** The copy is written anew at most so often, while changes come. */
const INTERVAL_MS = 60_000;
/** Of the time, at most one part in so many goes into saving. */
const SHARE = 50;
/** Changes beside the copy that are read in a moment at a start. */
const LOG_LIMIT_BYTES = 1024 * 1024;

/** @param url the installation; several may have copies in one folder */
export function createDiskCopy(
  folder: string,
  url: string,
  deps: {
    readonly replica: Replica;
    readonly clock: Clock;
    /** The name of a verifier that has none yet in this folder. */
    readonly freshInstance: string;
    readonly onChange: () => void;
  },
): DiskCopy {
  const { replica, clock } = deps;
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
  let slot: Slot | undefined;
  let copy: Copy | undefined;
  /** Of the copy that is being written. */
  let nextLog: ChangeLog | undefined;
  let problem: string | undefined;
  let dueAt = Number.NEGATIVE_INFINITY;
  let restUntil = Number.NEGATIVE_INFINITY;
  let markAt = Number.NEGATIVE_INFINITY;
  let underway: Promise<void> | undefined;

  async function claim(): Promise<string> {
    slot ??= await claimSlot(folder, name, deps.freshInstance);
    return slot.base;
  }

  function wallOf(monotonic: number): number {
    return Math.round(clock.wall() - (clock.monotonic() - monotonic));
  }

  function headOf({ position, completeAt, staleness }: CopyState): CopyHead | undefined {
    const { epoch } = replica;
    if (position === undefined || epoch === undefined || !Number.isFinite(completeAt)) return undefined;
    const log = randomUUID().replaceAll('-', '');
    return { url, epoch, ...position, completeAt: wallOf(completeAt), log, staleness };
  }

  async function save(head: CopyHead): Promise<void> {
    const start = clock.monotonic();
    const { replacements } = replica;
    // From this very moment on, which is that of the head.
    const log = createChangeLog(() => logFile(head.log), head.epoch);
    nextLog = log;
    try {
      const base = await claim();
      if (replica.replacements !== replacements) throw new Error('a snapshot came');
      await saveCopy(replica, head, {
        file: `${base}.replica`,
        temporary: `${base}.tmp`,
        beforeRename: () => log.flush({ durably: true }),
      });
      const former = copy;
      copy = { log, replacements, completeAt: head.completeAt };
      // No later than this: a change that comes now would be noted twice.
      nextLog = undefined;
      problem = undefined;
      await former?.log.close();
      await removeLogs(base, logFile(head.log));
    } catch (error) {
      if (copy?.log !== log) {
        await log.close();
        problem = `the copy could not be saved: ${describeError(error)}`;
      }
    }
    nextLog = undefined;
    const end = clock.monotonic();
    dueAt = end + INTERVAL_MS;
    restUntil = end + (end - start) * SHARE;
    markAt = end + MARK_MS;
    deps.onChange();
  }

  function logFile(name: string): string {
    if (slot === undefined) throw new Error('there is no place in the folder yet');
    return `${slot.base}.${name}.changes`;
  }

  /** What is older than what was acknowledged must not be gone on from: a revoked token might live there. */
  async function discard(): Promise<void> {
    const former = copy;
    copy = undefined;
    if (slot === undefined) return;
    await rm(`${slot.base}.replica`, { force: true });
    await former?.log.close();
  }

  async function mark({ completeAt, staleness }: CopyState): Promise<void> {
    const at = wallOf(completeAt);
    const marked = copy;
    markAt = clock.monotonic() + MARK_MS;
    if (marked === undefined) return;
    try {
      if ((await slot?.renew()) === false) throw new Error('another verifier took the place in the folder');
      marked.log.mark({ completeAt: at, staleness });
      await marked.log.flush({ durably: true });
      marked.completeAt = at;
    } catch (error) {
      await fail(error);
    }
  }

  async function fail(error: unknown): Promise<void> {
    problem = `the copy could not be kept up to date: ${describeError(error)}`;
    dueAt = clock.monotonic() + INTERVAL_MS;
    await discard().catch(() => undefined);
    deps.onChange();
  }

  function inBackground(work: Promise<void>): void {
    underway = work.finally(() => {
      underway = undefined;
    });
  }

  function isSaveDue(): boolean {
    const now = clock.monotonic();
    if (now < restUntil) return false;
    if (copy === undefined) return now >= dueAt || problem === undefined;
    return copy.replacements !== replica.replacements || (now >= dueAt && copy.log.size > LOG_LIMIT_BYTES);
  }

  return {
    async load() {
      try {
        const base = await claim();
        const head = await loadCopy(replica, `${base}.replica`, url);
        if (head === undefined) return undefined;
        const file = logFile(head.log);
        const { position, mark: newest, rightBytes } = await replayChanges(file, replica, head);
        const completeAt = Math.max(head.completeAt, newest?.completeAt ?? 0);
        const log = createChangeLog(() => file, head.epoch, rightBytes);
        copy = { log, replacements: replica.replacements, completeAt };
        await removeLogs(base, file);
        const now = clock.monotonic();
        dueAt = now + INTERVAL_MS;
        markAt = now + MARK_MS;
        const age = clock.wall() - completeAt;
        const { staleness } = newest ?? head;
        return { position, ageMs: age < 0 ? undefined : age, staleness };
      } catch (error) {
        problem = `the copy on disk is not used: ${describeError(error)}`;
        return undefined;
      }
    },
    get instance() {
      return slot?.instance;
    },
    note(change) {
      copy?.log.note(change);
      nextLog?.note(change);
    },
    async flush() {
      try {
        if (copy !== undefined && copy.replacements !== replica.replacements) await discard();
        await copy?.log.flush();
        if (slot !== undefined) await nextLog?.flush();
      } catch (error) {
        await fail(error);
      }
    },
    saveIfDue(state) {
      if (underway !== undefined) return;
      const head = headOf(state);
      if (head === undefined) return;
      if (isSaveDue()) inBackground(save(head));
      else if (copy !== undefined && clock.monotonic() >= markAt) inBackground(mark(state));
    },
    async close(state) {
      await underway;
      const head = headOf(state);
      if (head !== undefined && head.completeAt !== copy?.completeAt) {
        if (copy?.replacements === replica.replacements) await mark(state);
        else await save(head);
      }
      await copy?.log.close().catch(() => undefined);
      await slot?.release().catch(() => undefined);
    },
    get problem() {
      return problem;
    },
    get completeAt() {
      return copy?.completeAt;
    },
  };
}

/** Logs of copies that are there no longer. */
async function removeLogs(base: string, kept: string): Promise<void> {
  const folder = path.dirname(base);
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const isLog = name.startsWith(`${path.basename(base)}.`) && name.endsWith('.changes');
    if (isLog && file !== kept) await rm(file, { force: true });
  }
}
