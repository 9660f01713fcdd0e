import type { SnapshotEnd, UnreadableRecord } from '@latchkey/wire/feed';
import type { HeldRecord } from './held-record.ts';
import type { RecordTable } from './record-table.ts';

/** A tombstone that the replica holds and the server's snapshot lacks. */
export type LackingTombstone = Pick<HeldRecord, 'id' | 'digest' | 'revision'>;

const UNREADABLE: UnreadableRecord = {
  ok: false,
  reason: 'a newer record of this token could not be read',
  id: undefined,
  digest: undefined,
  account: undefined,
  revision: undefined,
};

/** Brings over what outlives a snapshot: tombstones always; in the same epoch also what is newer than it. */
export function mergeSnapshot(
  former: RecordTable,
  staged: RecordTable,
  {
    end,
    isContinuation,
    hasNameless,
  }: {
    readonly end: SnapshotEnd;
    readonly isContinuation: boolean;
    /** A line of the snapshot concerned nobody who can be named. */
    readonly hasNameless: boolean;
  },
): readonly LackingTombstone[] {
  const lacking: LackingTombstone[] = [];
  for (const record of former.records()) {
    const isNewer = isContinuation && record.revision > end.revision;
    if (record.revoked) {
      if (staged.find(record.digest)?.revoked) continue;
      const { id, digest, revision } = record;
      staged.take({ ok: true, record: { id, digest, status: 'revoked', revision } }, undefined, revision);
      // Where the snapshot gives the digest to another token, that one is denied too.
      if (!staged.find(digest)?.revoked) staged.keep(record);
      if (!isNewer) lacking.push({ id, digest, revision });
    } else if (isNewer && !isRevokedIn(staged, record)) {
      const { account } = record;
      const isShared = former.accounts.stateOf(account.name) === account;
      staged.keep(isShared ? { ...record, account: staged.accounts.stateOf(account.name) } : record);
    }
  }
  for (const { name, suspended, revision } of former.accounts.told()) {
    if (isContinuation && revision > end.revision) staged.accounts.set(name, suspended, revision);
    // The line that cannot be read may have been this account's.
    else if (hasNameless && suspended && !staged.accounts.hasBeenTold(name)) {
      staged.accounts.set(name, true, end.revision);
    }
  }
  if (isContinuation) {
    for (const [id, revision] of former.deniedIds) {
      if (revision > end.revision) staged.take({ ...UNREADABLE, id }, revision, revision);
    }
  }
  return lacking;
}

function isRevokedIn(staged: RecordTable, { id, digest }: HeldRecord): boolean {
  return staged.find(digest)?.revoked === true || staged.findById(id)?.revoked === true;
}
