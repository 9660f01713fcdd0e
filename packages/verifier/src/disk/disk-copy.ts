import { createHash } from 'node:crypto';
import path from 'node:path';
import type { StalenessBounds } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import { describeError } from '../feed/failed-call.ts';
import type { Position } from '../feed/follower.ts';
import type { Replica } from '../replica/replica.ts';
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

/** The copy of a replica on disk, from which a verifier goes on after a restart. Never rejects: what goes wrong is a problem. */
export interface DiskCopy {
  /** Reads the copy into the empty replica; undefined where there is none that can be used. */
  load(): Promise<LoadedCopy | undefined>;
  /** Saves in the background, where the copy is old and there is something newer to keep. */
  saveIfDue(state: CopyState): void;
  /** Waits for what is under way, and saves what is not saved yet. */
  close(state: CopyState): Promise<void>;
  /** Why there is no copy, or why it is older than it should be; for people. */
  readonly problem: string | undefined;
  /** Unix milliseconds at which the newest copy that was saved or read was complete. */
  readonly completeAt: number | undefined;
}

/** A restart loses at most this much of the time until the bounds of staleness. */
const INTERVAL_MS = 60_000;
/** Of the time, at most one part in so many goes into saving. */
const SHARE = 50;

/** @param url the installation; several may have copies in one folder */
export function createDiskCopy(
  folder: string,
  url: string,
  deps: { readonly replica: Replica; readonly clock: Clock; readonly onChange: () => void },
): DiskCopy {
  const { replica, clock } = deps;
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
  const file = path.join(folder, `${name}.replica`);
  const temporary = `${file}.${process.pid}.tmp`;
  let problem: string | undefined;
  let completeAt: number | undefined;
  let savedCursor: string | undefined;
  let dueAt = Number.NEGATIVE_INFINITY;
  let underway: Promise<void> | undefined;

  function headOf({ position, completeAt: at, staleness }: CopyState): CopyHead | undefined {
    const { epoch } = replica;
    if (position === undefined || epoch === undefined || !Number.isFinite(at)) return undefined;
    const wall = Math.round(clock.wall() - (clock.monotonic() - at));
    return { url, epoch, ...position, completeAt: wall, staleness };
  }

  async function save(head: CopyHead): Promise<void> {
    const start = clock.monotonic();
    try {
      await saveCopy(replica, head, { file, temporary });
      problem = undefined;
      completeAt = head.completeAt;
      savedCursor = head.cursor;
    } catch (error) {
      problem = `the copy could not be saved: ${describeError(error)}`;
    }
    const end = clock.monotonic();
    dueAt = end + Math.max(INTERVAL_MS, (end - start) * SHARE);
    underway = undefined;
    deps.onChange();
  }

  return {
    async load() {
      try {
        const head = await loadCopy(replica, file, url);
        if (head === undefined) return undefined;
        const { cursor, revision, staleness } = head;
        completeAt = head.completeAt;
        savedCursor = cursor;
        dueAt = clock.monotonic() + INTERVAL_MS;
        const age = clock.wall() - head.completeAt;
        return { position: { cursor, revision }, ageMs: age < 0 ? undefined : age, staleness };
      } catch (error) {
        problem = `the copy on disk is not used: ${describeError(error)}`;
        return undefined;
      }
    },
    saveIfDue(state) {
      if (underway !== undefined || clock.monotonic() < dueAt) return;
      const head = headOf(state);
      if (head !== undefined) underway = save(head);
    },
    async close(state) {
      await underway;
      const head = headOf(state);
      if (head === undefined) return;
      if (head.cursor !== savedCursor || head.completeAt !== completeAt) await save(head);
    },
    get problem() {
      return problem;
    },
    get completeAt() {
      return completeAt;
    },
  };
}
