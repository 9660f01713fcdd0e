import type { AccountName, TokenId } from '@latchkey/core';
import type { ParsedRecord, SnapshotEnd } from '@latchkey/wire/feed';
import type { ToldAccount } from './account-table.ts';
import { createNumberList } from './number-list.ts';
import { FIELD, FLAG } from './record-store.ts';
import type { RecordTable, Taken } from './record-table.ts';

/** A tombstone that the replica holds and the server's snapshot lacks. */
export interface LackingTombstone {
  readonly id: TokenId;
  readonly digest: string;
  readonly revision: number;
}

export interface Adopted {
  readonly lacking: readonly LackingTombstone[];
  /** Records of the snapshot that contradict others, and are denied. */
  readonly denied: readonly { readonly id: TokenId | undefined; readonly reason: string }[];
}

/** A snapshot on its way in. Nothing of it is seen before {@link adopt}. */
export interface Stage {
  take(parsed: ParsedRecord): Taken;
  readonly records: number;
  /**
   * Puts the snapshot in the place of the state, record by record: each answers as before until it is replaced. Records that
   * the snapshot lacks are gone, save newer ones of the same epoch; tombstones stay for ever. Pauses at each yield, so
   * that the caller can let decisions in between; no change may be taken meanwhile.
   * @throws Error where the replica has changed since the snapshot was taken in
   */
  adopt(end: SnapshotEnd): Generator<void, Adopted>;
  /** Gives up what came. */
  drop(): Generator<void, void>;
}

/** Records that are put in place, or looked at, between two pauses: about a millisecond. */
const PLACED_AT_ONCE = 512;
const SEEN_AT_ONCE = 8192;
const APPLIED: Taken = { kind: 'applied' };

/** @param mark a number that no earlier stage of this table had */
export function createStage(
  table: RecordTable,
  mark: number,
  isContinuation: (epoch: string) => boolean,
): Stage {
  const { records, deniedIds } = table;
  const { accounts } = records.shared;
  /** Slots with new content. */
  const fresh = createNumberList();
  /** Slots that the snapshot confirms, and the generation that it saw. */
  const confirmed = createNumberList();
  const generations = createNumberList();
  const broken: ParsedRecord[] = [];
  const told = new Map<AccountName, ToldAccount>();
  let count = 0;
  let hasNameless = false;

  function tell(name: AccountName, suspended: boolean, revision: number): void {
    if ((told.get(name)?.revision ?? -1) <= revision) told.set(name, { suspended, revision });
  }

  function keep(slot: number): Taken {
    const held = table.digests.size === 0 ? -1 : table.slotLike(slot);
    if (held >= 0 && records.saysTheSame(slot, held)) {
      records.free(slot);
      confirmed.push(held);
      generations.push(records.word(held, FIELD.generation));
    } else fresh.push(slot);
    return APPLIED;
  }

  function take(parsed: ParsedRecord): Taken {
    count++;
    if (!parsed.ok) {
      const { id, digest, account, reason } = parsed;
      if (account !== undefined) {
        tell(account, true, 0);
        return { kind: 'denied', id: undefined, reason: `account ${account}: ${reason}` };
      }
      if (id === undefined && digest === undefined) {
        hasNameless = true;
        return { kind: 'nameless', reason };
      }
      broken.push(parsed);
      return { kind: 'denied', id, reason };
    }
    const { record } = parsed;
    if (!('kind' in record)) {
      return keep(record.status === 'revoked' ? records.writeTombstone(record) : records.writeToken(record));
    }
    tell(record.account, record.status === 'suspended', record.revision);
    return APPLIED;
  }

  /** A record newer than its snapshot is wrong somewhere, and would hold out against every change to come. */
  function cap(slot: number, revision: number): string | undefined {
    if (records.revisionOf(slot) <= revision) return undefined;
    if ((records.word(slot, FIELD.flags) & FLAG.revoked) !== 0) {
      records.setRevision(slot, revision);
      return undefined;
    }
    const reason = 'the record is newer than its snapshot';
    records.makeBroken(slot, revision, reason);
    return reason;
  }

  /** What is told of accounts once the snapshot is in place. */
  function accountsAfter(end: SnapshotEnd, continues: boolean): Map<AccountName, ToldAccount> {
    const after = new Map<AccountName, ToldAccount>();
    for (const [name, { suspended, revision }] of told) {
      const isAhead = revision > end.revision;
      after.set(name, isAhead ? { suspended: true, revision: end.revision } : { suspended, revision });
    }
    for (const [name, former] of accounts.told) {
      if (continues && former.revision > end.revision) after.set(name, former);
      // The line that cannot be read may have been this account's.
      else if (hasNameless && former.suspended && !after.has(name)) {
        after.set(name, { suspended: true, revision: end.revision });
      }
    }
    return after;
  }

  /** All at once, where nothing is held that could contradict; leaves the records as they are where they contradict each other. */
  function* placeFirst(
    end: SnapshotEnd,
    denied: { id: TokenId | undefined; reason: string }[],
  ): Generator<void> {
    const slots = new Uint32Array(fresh.length);
    for (let index = 0; index < slots.length; index++) {
      if (index % SEEN_AT_ONCE === SEEN_AT_ONCE - 1) yield;
      const slot = fresh.at(index);
      const reason = cap(slot, end.revision);
      if (reason !== undefined) denied.push({ id: records.idOf(slot), reason });
      records.setFlag(slot, FLAG.live);
      records.setMark(slot, mark);
      slots[index] = slot;
    }
    if (yield* table.linkAll(slots)) fresh.clear();
    else for (const slot of slots) records.clearFlag(slot, FLAG.live);
  }

  function* place(end: SnapshotEnd, denied: { id: TokenId | undefined; reason: string }[]): Generator<void> {
    for (let index = 0; index < confirmed.length; index++) {
      const slot = confirmed.at(index);
      if (index % SEEN_AT_ONCE === SEEN_AT_ONCE - 1) yield;
      if (records.word(slot, FIELD.generation) !== generations.at(index)) {
        throw new Error('the replica has changed below its snapshot');
      }
      records.setMark(slot, mark);
      const reason = cap(slot, end.revision);
      if (reason !== undefined) denied.push({ id: records.idOf(slot), reason });
    }
    if (table.digests.size === 0 && deniedIds.size === 0) yield* placeFirst(end, denied);
    // From the end, so that what is left can still be dropped.
    for (let slot = fresh.pop(), index = 0; slot !== undefined; slot = fresh.pop(), index++) {
      if (index % PLACED_AT_ONCE === PLACED_AT_ONCE - 1) yield;
      const reason = cap(slot, end.revision);
      if (reason !== undefined) denied.push({ id: records.idOf(slot), reason });
      const taken = table.admit(slot);
      if (taken.kind === 'denied') denied.push(taken);
    }
    for (const parsed of broken) table.take(parsed, undefined, 0);
  }

  function* sweep(keepsAbove: number): Generator<void, LackingTombstone[]> {
    const lacking: LackingTombstone[] = [];
    for (let slot = 0; slot < records.store.used; slot++) {
      if (slot % SEEN_AT_ONCE === SEEN_AT_ONCE - 1) yield;
      const flags = records.word(slot, FIELD.flags);
      if ((flags & FLAG.live) === 0 || records.word(slot, FIELD.mark) === mark) continue;
      const revision = records.revisionOf(slot);
      if (revision > keepsAbove) continue;
      if ((flags & FLAG.revoked) === 0) {
        table.tellChanged(slot);
        table.remove(slot);
      } else lacking.push({ id: records.idOf(slot), digest: records.digestOf(slot), revision });
    }
    return lacking;
  }

  return {
    take,
    get records() {
      return count;
    },
    *adopt(end) {
      const continues = isContinuation(end.epoch);
      const keepsAbove = continues ? end.revision : Number.POSITIVE_INFINITY;
      const denied: { id: TokenId | undefined; reason: string }[] = [];
      for (const [id, revision] of deniedIds)
        if (!(continues && revision > end.revision)) deniedIds.delete(id);
      const after = accountsAfter(end, continues);
      for (const [name, { suspended }] of after) {
        const state = accounts.stateOf(accounts.numberOf(name));
        if (!suspended || state.suspended) continue;
        state.suspended = true;
        table.tellSuspended(name);
      }
      table.replacement = { mark, keepsAbove };
      try {
        yield* place(end, denied);
        const lacking = yield* sweep(keepsAbove);
        accounts.replace(after);
        return { lacking, denied };
      } finally {
        table.replacement = undefined;
      }
    },
    *drop() {
      for (let slot = fresh.pop(), index = 0; slot !== undefined; slot = fresh.pop(), index++) {
        if (index % PLACED_AT_ONCE === PLACED_AT_ONCE - 1) yield;
        records.free(slot);
      }
    },
  };
}
