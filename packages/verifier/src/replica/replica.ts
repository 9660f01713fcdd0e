import type { ParsedRecord, SnapshotEnd } from '@latchkey/wire/feed';
import type { HeldRecord } from './held-record.ts';
import { holdBroken } from './held-record.ts';
import type { LackingTombstone } from './merge-snapshot.ts';
import { mergeSnapshot } from './merge-snapshot.ts';
import type { RecordTable, Taken } from './record-table.ts';
import { createRecordTable } from './record-table.ts';

/** All tokens of an installation, as far as they are known. Everything is synchronous. */
export interface Replica {
  find(digest: string): HeldRecord | undefined;
  readonly size: number;
  /** The epoch of the newest snapshot; undefined before the first. */
  readonly epoch: string | undefined;
  /** Takes the change that stands at `revision` of the stream. */
  take(parsed: ParsedRecord, revision: number): Taken;
  /** Begins a snapshot beside the present state, which goes on answering. */
  stage(): Stage;
}

/** A snapshot on its way in. Nothing of it is seen before {@link adopt}. */
export interface Stage {
  take(parsed: ParsedRecord): Taken;
  readonly records: number;
  /**
   * Puts the snapshot in the place of the state, in one step. Records that it lacks are gone, save newer ones of the same
   * epoch; tombstones stay for ever. Answers the tombstones that it should have held and did not.
   */
  adopt(end: SnapshotEnd): readonly LackingTombstone[];
}

export function createReplica(): Replica {
  let table = createRecordTable();
  let epoch: string | undefined;

  return {
    find: (digest) => table.find(digest),
    get size() {
      return table.size;
    },
    get epoch() {
      return epoch;
    },
    take: (parsed, revision) => table.take(parsed, revision, revision),
    stage() {
      const staged = createRecordTable();
      let records = 0;
      let newest = 0;
      let hasNameless = false;
      return {
        take(parsed) {
          records++;
          if (parsed.ok) newest = Math.max(newest, parsed.record.revision);
          const taken = staged.take(parsed, undefined, 0);
          if (taken.kind === 'nameless') hasNameless = true;
          return taken;
        },
        get records() {
          return records;
        },
        adopt(end) {
          if (newest > end.revision) denyAhead(staged, end.revision);
          const isContinuation = epoch === end.epoch;
          const lacking = mergeSnapshot(table, staged, { end, isContinuation, hasNameless });
          table = staged;
          epoch = end.epoch;
          return lacking;
        },
      };
    },
  };
}

/** A record newer than its snapshot is wrong somewhere, and would hold out against every change to come. */
function denyAhead(staged: RecordTable, revision: number): void {
  for (const record of staged.records()) {
    if (record.revision <= revision) continue;
    if (record.revoked) staged.keep({ ...record, revision });
    else staged.keep(holdBroken(record.id, record.digest, revision, 'the record is newer than its snapshot'));
  }
  for (const { name, revision: told } of [...staged.accounts.told()]) {
    if (told > revision) staged.accounts.correct(name, true, revision);
  }
}
