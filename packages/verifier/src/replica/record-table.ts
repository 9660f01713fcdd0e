import type { AccountName, TokenId, TokenRecord } from '@latchkey/core';
import { makeTokenId, TOKEN_ID_RANDOM_BYTES } from '@latchkey/core';
import type { FeedRecord, ParsedRecord, UnreadableRecord } from '@latchkey/wire/feed';
import type { ChangedGrant } from './changed-grant.ts';
import type { PackedRecords } from './packed-records.ts';
import { createPackedRecords } from './packed-records.ts';
import { FIELD, FLAG } from './record-store.ts';
import type { SlotIndex } from './slot-index.ts';
import { createSlotIndex, firstWord, fourWords } from './slot-index.ts';
import { DIGEST_WORDS, ID_WORDS, readBase64urlDigest, readId } from './words.ts';

/** What became of a record: taken (if only as a denial, with the reason), or of no use because nobody can be named. */
export type Taken =
  | { readonly kind: 'applied' }
  | { readonly kind: 'denied'; readonly id: TokenId | undefined; readonly reason: string }
  | { readonly kind: 'nameless'; readonly reason: string };

/** While a snapshot is put in place: which of the records that it has not confirmed count nevertheless. */
export interface Replacement {
  /** The number that records of this snapshot are marked with. */
  readonly mark: number;
  /** Records of a higher revision outlive it. */
  readonly keepsAbove: number;
}

/**
 * Records by digest and by id, and which of two wins. The order in which they come does not matter: a newer revision is
 * never overwritten by an older one, and a tombstone is never overwritten at all.
 */
export interface RecordTable {
  readonly records: PackedRecords;
  readonly digests: SlotIndex;
  readonly ids: SlotIndex;
  /** @param digest as `digestText` makes it; what has another length finds nothing */
  find(digest: string): TokenRecord | undefined;
  /** The slot of the record with the digest of the record in `slot`; -1: none. */
  slotLike(slot: number): number;
  /**
   * Takes what was read of a record. `revision` is where it stands in the stream, which a record that says otherwise
   * contradicts; undefined in a snapshot, where each record carries its own. Broken ones then count as of `brokenAt`.
   */
  take(parsed: ParsedRecord, revision: number | undefined, brokenAt: number): Taken;
  /** Takes the record of a slot that nobody finds yet; the slot is given up where it is of no use. */
  admit(slot: number): Taken;
  /** Tells that the record of a slot, which goes, was of use. */
  tellChanged(slot: number): void;
  /** Tells that an account is suspended. */
  tellSuspended(account: AccountName): void;
  /**
   * Makes records found in an empty table, much faster than one by one. False, and the table is empty again, where two have the same digest
   * or the same id: then each has to be admitted. Pauses at each yield; until the end some are not found.
   */
  linkAll(slots: Uint32Array): Generator<void, boolean>;
  /**
   * Makes the records of a copy found in an empty table by their digests, as decisions ask for them. That they are found by their ids, as changes
   * need it, is left to {@link settle}. Where two have the same digest, the later one counts. Pauses at each yield.
   */
  linkCopy(slots: Uint32Array): Generator<void, void>;
  /** Does what {@link linkCopy} left, if anything; before it nothing may be taken, admitted or removed. Pauses at each yield. */
  settle(): Generator<void, void>;
  readonly isSettled: boolean;
  /** Makes one record found, whatever was found in its place. */
  link(slot: number): void;
  remove(slot: number): void;
  /** Set while a snapshot is put in place. What is neither marked nor outlives the snapshot counts as absent. */
  replacement: Replacement | undefined;
  /** Ids that were denied before any record of theirs came, and the revision of the denial. */
  readonly deniedIds: Map<TokenId, number>;
}

const APPLIED: Taken = { kind: 'applied' };
const NONE = -1;
/** Slots that are looked at between two pauses. */
const SEEN_AT_ONCE = 16_384;
const DIGEST_LENGTH = DIGEST_WORDS * 2;
/** Stands where a broken record tells only a digest. No real token has it: an id is random. */
const NAMELESS: TokenId = makeTokenId(new Uint8Array(TOKEN_ID_RANDOM_BYTES));

/** @param onChanged told of each token and account that was known and may do other things now; not of what is new, or has merely expired */
export function createRecordTable(onChanged?: (changed: ChangedGrant) => void): RecordTable {
  const records = createPackedRecords();
  const { accounts } = records.shared;
  const digests = createSlotIndex(records.store, FIELD.digest, DIGEST_WORDS, firstWord);
  const ids = createSlotIndex(records.store, FIELD.id, ID_WORDS, fourWords);
  const deniedIds = new Map<TokenId, number>();
  const digestKey = new Uint32Array(DIGEST_WORDS);
  const idKey = new Uint32Array(ID_WORDS);
  let replacement: Replacement | undefined;
  /** What is left to do until all is found by its id. */
  let settling: Generator<void, void> | undefined;

  function has(slot: number, flag: number): boolean {
    return slot !== NONE && (records.word(slot, FIELD.flags) & flag) !== 0;
  }

  function isNewer(slot: number, revision: number): boolean {
    return slot !== NONE && records.revisionOf(slot) > revision;
  }

  function isNameless(slot: number): boolean {
    for (let at = 0; at < ID_WORDS; at++) if (records.word(slot, FIELD.id + at) !== 0) return false;
    return true;
  }

  /** What is held, unless a snapshot on its way has made it void. */
  function valid(slot: number): number {
    if (slot === NONE || replacement === undefined) return slot;
    const counts =
      records.word(slot, FIELD.mark) === replacement.mark ||
      has(slot, FLAG.revoked) ||
      isNewer(slot, replacement.keepsAbove);
    return counts ? slot : NONE;
  }

  function mark(slot: number): void {
    if (replacement !== undefined) records.setMark(slot, replacement.mark);
  }

  function tellChanged(slot: number): void {
    if (onChanged === undefined || slot === NONE || isNameless(slot)) return;
    // Denied already, and told of when it was.
    if (has(slot, FLAG.revoked | FLAG.bad)) return;
    onChanged({ token: records.idOf(slot) });
  }

  function slotLike(slot: number): number {
    records.readDigest(slot, digestKey);
    return digests.find(digestKey);
  }

  function ofIdLike(slot: number): number {
    if (isNameless(slot)) return NONE;
    records.readId(slot, idKey);
    return valid(ids.find(idKey));
  }

  function link(slot: number): void {
    records.setFlag(slot, FLAG.live);
    mark(slot);
    digests.set(slot);
    if (!isNameless(slot)) ids.set(slot);
  }

  /** Puts the record where its digest is held, or links it. */
  function put(slot: number): void {
    const held = slotLike(slot);
    if (held === NONE) {
      link(slot);
      return;
    }
    tellChanged(held);
    if (!records.hasSameId(held, slot)) ids.remove(held);
    records.move(slot, held);
    records.setFlag(held, FLAG.live);
    mark(held);
    if (!isNameless(held)) ids.set(held);
  }

  function drop(slot: number): Taken {
    records.free(slot);
    return APPLIED;
  }

  /** Denies whatever is held under the id or the digest, unless it is newer or revoked already. */
  function denyByName(
    id: TokenId | undefined,
    digest: string | undefined,
    revision: number,
    reason: string,
  ): Taken {
    if (digest !== undefined) readBase64urlDigest(digest, digestKey, 0);
    if (id !== undefined) readId(id, idKey, 0);
    const ofDigest = digest === undefined ? NONE : valid(digests.find(digestKey));
    const ofId = id === undefined ? NONE : valid(ids.find(idKey));
    for (const held of [ofDigest, ofId]) {
      if (held === NONE || has(held, FLAG.revoked) || isNewer(held, revision)) continue;
      tellChanged(held);
      records.makeBroken(held, revision, reason);
      mark(held);
    }
    if (digest !== undefined && ofDigest === NONE) {
      // The id stays with the record that it belongs to, if there is one.
      const own = ofId === NONE ? (id ?? NAMELESS) : NAMELESS;
      put(records.writeBroken(own, digest, revision, reason));
    } else if (id !== undefined && ofId === NONE) {
      deniedIds.set(id, Math.max(revision, deniedIds.get(id) ?? 0));
    }
    return { kind: 'denied', id, reason };
  }

  function denySlot(slot: number, named: TokenId, reason: string): Taken {
    const digest = records.digestOf(slot);
    const revision = records.revisionOf(slot);
    drop(slot);
    return denyByName(named, digest, revision, reason);
  }

  function admitToken(slot: number): Taken {
    const ofDigest = valid(slotLike(slot));
    const ofId = ofIdLike(slot);
    const revision = records.revisionOf(slot);
    if (has(ofId, FLAG.revoked) || isNewer(ofId, revision)) return drop(slot);
    // Before the digest's holder is asked: it may be another token, and then this one must not stay what it was.
    const reason = contradiction(slot, ofDigest, ofId);
    if (reason !== undefined) return denySlot(slot, records.idOf(slot), reason);
    if (has(ofDigest, FLAG.revoked) || isNewer(ofDigest, revision)) return drop(slot);
    if (deniedIds.size > 0) {
      const id = records.idOf(slot);
      const deniedAt = deniedIds.get(id);
      if (deniedAt !== undefined && deniedAt > revision) {
        records.makeBroken(slot, deniedAt, 'a newer record of this token could not be read');
      } else deniedIds.delete(id);
    }
    put(slot);
    return APPLIED;
  }

  /** What a token never changes in its life, and this record says otherwise. */
  function contradiction(slot: number, ofDigest: number, ofId: number): string | undefined {
    if (isAnother(ofDigest, slot)) return 'the digest belongs to another token';
    if (ofId === NONE || has(ofId, FLAG.bad)) return undefined;
    if (!records.hasSameDigest(ofId, slot)) return 'the digest differs from the one held for this id';
    if (records.word(ofId, FIELD.account) !== records.word(slot, FIELD.account)) {
      return 'the account differs from the one held for this id';
    }
    const usages = [ofId, slot].map((one) => records.word(one, FIELD.flags) & FLAG.usage);
    return usages[0] === usages[1] ? undefined : 'the usage differs from the one held for this id';
  }

  function isAnother(held: number, slot: number): boolean {
    return held !== NONE && !has(held, FLAG.bad) && !isNameless(held) && !records.hasSameId(held, slot);
  }

  function admitTombstone(slot: number): Taken {
    const former = slotLike(slot);
    const ofDigest = valid(former);
    const ofId = ofIdLike(slot);
    const isElsewhere = ofId !== NONE && !records.hasSameDigest(ofId, slot);
    const id = records.idOf(slot);
    if (isElsewhere && !has(ofId, FLAG.revoked)) {
      tellChanged(ofId);
      records.makeTombstone(ofId, records.revisionOf(slot));
      mark(ofId);
    }
    if (isAnother(ofDigest, slot)) {
      if (ofId === NONE) deniedIds.set(id, Number.POSITIVE_INFINITY);
      const reason = 'a tombstone names this digest with another id';
      return denySlot(slot, records.idOf(ofDigest), reason);
    }
    if (has(ofDigest, FLAG.revoked)) {
      mark(ofDigest);
      drop(slot);
    } else if (former !== NONE && !has(former, FLAG.bad) && records.hasSameId(former, slot)) {
      tellChanged(former);
      // In place, because it keeps whose token it was.
      records.makeTombstone(former, records.revisionOf(slot));
      mark(former);
      drop(slot);
    } else put(slot);
    const reason = 'the digest differs from the one held for this id';
    return isElsewhere ? { kind: 'denied', id, reason } : APPLIED;
  }

  function admit(slot: number): Taken {
    return has(slot, FLAG.revoked) ? admitTombstone(slot) : admitToken(slot);
  }

  function takeRecord(record: FeedRecord): Taken {
    if ('kind' in record) {
      accounts.set(record.account, record.status === 'suspended', record.revision);
      if (record.status === 'suspended') onChanged?.({ account: record.account });
      return APPLIED;
    }
    return admit(record.status === 'revoked' ? records.writeTombstone(record) : records.writeToken(record));
  }

  function takeBroken(broken: UnreadableRecord, revision: number): Taken {
    const { id, digest, account, reason } = broken;
    if (account !== undefined) {
      accounts.set(account, true, revision);
      onChanged?.({ account });
      return { kind: 'denied', id: undefined, reason: `account ${account}: ${reason}` };
    }
    if (id === undefined && digest === undefined) return { kind: 'nameless', reason };
    return denyByName(id, digest, revision, reason);
  }

  function appendNamed(slots: Uint32Array, from: number, named: Uint32Array, count: number): number {
    let next = count;
    const end = Math.min(from + SEEN_AT_ONCE, slots.length);
    for (let index = from; index < end; index++) {
      const slot = slots[index] ?? NONE;
      if (!isNameless(slot)) named[next++] = slot;
    }
    return next;
  }

  /** Fills the empty index of ids, and answers whose ids it was given. */
  function* fillIds(slots: Uint32Array): Generator<void, Uint32Array> {
    const named = new Uint32Array(slots.length);
    let count = 0;
    for (let from = 0; from < slots.length; from += SEEN_AT_ONCE) {
      count = appendNamed(slots, from, named, count);
      yield;
    }
    const filled = named.subarray(0, count);
    yield* ids.fill(filled);
    return filled;
  }

  function* settleIds(slots: Uint32Array): Generator<void, void> {
    const named = yield* fillIds(slots);
    if (ids.size === named.length) return;
    ids.clear();
    for (const slot of named) ids.set(slot);
  }

  return {
    records,
    digests,
    ids,
    find(digest) {
      if (digest.length !== DIGEST_LENGTH) return undefined;
      const slot = digests.findPairs(digest);
      return slot === NONE ? undefined : records.view(slot);
    },
    slotLike,
    take(parsed, revision, brokenAt) {
      if (!parsed.ok) return takeBroken(parsed, revision ?? brokenAt);
      const { record } = parsed;
      if (revision === undefined || record.revision === revision) return takeRecord(record);
      // A revoked token stays revoked, wherever its tombstone claims to stand.
      if (!('kind' in record) && record.status === 'revoked') {
        admitTombstone(records.writeTombstone({ ...record, revision }));
      }
      return takeBroken(namesOf(record), revision);
    },
    admit,
    tellChanged,
    tellSuspended: (account) => onChanged?.({ account }),
    link,
    *linkAll(slots) {
      yield* digests.fill(slots);
      const named = yield* fillIds(slots);
      if (digests.size === slots.length && ids.size === named.length) return true;
      digests.clear();
      ids.clear();
      return false;
    },
    *linkCopy(slots) {
      yield* digests.fill(slots);
      if (digests.size === slots.length) {
        settling = settleIds(slots);
        return;
      }
      digests.clear();
      for (const slot of slots) link(slot);
    },
    *settle() {
      while (settling !== undefined) {
        if (settling.next().done) settling = undefined;
        else yield;
      }
    },
    get isSettled() {
      return settling === undefined;
    },
    remove(slot) {
      digests.remove(slot);
      if (!isNameless(slot)) ids.remove(slot);
      records.free(slot);
    },
    get replacement() {
      return replacement;
    },
    set replacement(next) {
      replacement = next;
    },
    deniedIds,
  };
}

function namesOf(record: FeedRecord): UnreadableRecord {
  const reason = 'the revision is not the one of its place in the stream';
  const account: AccountName | undefined = 'kind' in record ? record.account : undefined;
  const [id, digest] = 'kind' in record ? [undefined, undefined] : [record.id, record.digest];
  return { ok: false, reason, id, digest, account, revision: record.revision };
}
