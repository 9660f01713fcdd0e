import type { TokenRecord } from '@latchkey/core';
import type { ParsedRecord } from '@latchkey/wire/feed';
import type { ChangedGrant } from './changed-grant.ts';
import { createExpirySweep } from './expiry-sweep.ts';
import type { RecordTable, Taken } from './record-table.ts';
import { createRecordTable } from './record-table.ts';
import type { Stage } from './stage.ts';
import { createStage } from './stage.ts';

/** All tokens of an installation, as far as they are known. */
export interface Replica {
  /** @param digest SHA-256 of a token's text, as `digestText` makes it */
  find(digest: string): TokenRecord | undefined;
  readonly size: number;
  /** The epoch of the newest snapshot; undefined before the first. */
  readonly epoch: string | undefined;
  /** Takes the change that stands at `revision` of the stream. */
  take(parsed: ParsedRecord, revision: number): Taken;
  /** Begins a snapshot beside the present state, which goes on answering. Only one at a time. */
  stage(): Stage;
  /**
   * Removes temporary tokens that expired at least an hour before `now` (unix milliseconds), from the next part of the
   * records. A short piece of work, to be called again and again.
   */
  sweepExpired(now: number): void;
  readonly table: RecordTable;
  /** Counts the snapshots that were begun to be put in place: what was read of the records before is no whole. */
  readonly replacements: number;
  /** Tells where the records that stand in the table came from. */
  continueFrom(epoch: string): void;
  /**
   * Gets a replica that was read from disk ready for changes, while it decides already. Pauses at each yield. Whatever needs it
   * before does it at once.
   */
  settle(): Generator<void, void>;
}

/** @param onChanged told of each token and account that was known and may do other things now. It must not throw. */
export function createReplica(onChanged?: (changed: ChangedGrant) => void): Replica {
  const table = createRecordTable(onChanged);
  const sweep = createExpirySweep(table);
  let epoch: string | undefined;
  let stages = 0;
  let replacements = 0;
  let isStaging = false;

  return {
    find: table.find,
    get size() {
      return table.digests.size;
    },
    get epoch() {
      return epoch;
    },
    take(parsed, revision) {
      if (!table.isSettled) for (const _ of table.settle());
      return table.take(parsed, revision, revision);
    },
    stage() {
      stages++;
      isStaging = true;
      const stage = createStage(table, stages, (other) => other === epoch);
      return {
        take: stage.take,
        get records() {
          return stage.records;
        },
        *adopt(end) {
          replacements++;
          yield* table.settle();
          const adopted = yield* stage.adopt(end);
          epoch = end.epoch;
          isStaging = false;
          return adopted;
        },
        *drop() {
          yield* stage.drop();
          isStaging = false;
        },
      };
    },
    sweepExpired(now) {
      if (!isStaging && table.isSettled) sweep(now);
    },
    table,
    get replacements() {
      return replacements;
    },
    continueFrom(known) {
      epoch = known;
    },
    settle: table.settle,
  };
}
