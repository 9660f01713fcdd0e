import type { AccountName, TokenId } from '@latchkey/core';
import type {
  FeedRecord,
  FeedToken,
  FeedTombstone,
  ParsedRecord,
  UnreadableRecord,
} from '@latchkey/wire/feed';
import type { AccountTable } from './account-table.ts';
import { createAccountTable } from './account-table.ts';
import type { HeldRecord } from './held-record.ts';
import { holdBroken, holdToken, holdTombstone, NAMELESS } from './held-record.ts';
import { createScopeLists } from './scope-lists.ts';

/** What became of a record: taken (if only as a denial, with the reason), or of no use because nobody can be named. */
export type Taken =
  | { readonly kind: 'applied' }
  | { readonly kind: 'denied'; readonly id: TokenId | undefined; readonly reason: string }
  | { readonly kind: 'nameless'; readonly reason: string };

/**
 * Records by digest and by id. The order in which records come does not matter: a newer revision is never overwritten
 * by an older one, and a tombstone is never overwritten at all.
 */
export interface RecordTable {
  find(digest: string): HeldRecord | undefined;
  findById(id: TokenId): HeldRecord | undefined;
  readonly accounts: AccountTable;
  readonly size: number;
  records(): Iterable<HeldRecord>;
  /**
   * Takes what was read of a record. `revision` is where it stands in the stream, which a record that says otherwise
   * contradicts; undefined in a snapshot, where each record carries its own. Broken ones then count as of `brokenAt`.
   */
  take(parsed: ParsedRecord, revision: number | undefined, brokenAt: number): Taken;
  /** Puts a record in place as it is: for what outlives the table that it comes from. */
  keep(record: HeldRecord): void;
  /** Ids that were denied before any record of theirs came, and the revision of the denial. */
  readonly deniedIds: Map<TokenId, number>;
}

const APPLIED: Taken = { kind: 'applied' };

export function createRecordTable(): RecordTable {
  const byDigest = new Map<string, HeldRecord>();
  const byId = new Map<TokenId, HeldRecord>();
  const accounts = createAccountTable();
  const deniedIds = new Map<TokenId, number>();
  const shareScopes = createScopeLists();

  function keep(record: HeldRecord): void {
    byDigest.set(record.digest, record);
    if (record.id !== NAMELESS) byId.set(record.id, record);
  }

  /** Denies whatever is held under the id or the digest, unless it is newer or revoked already. */
  function denyByName(
    id: TokenId | undefined,
    digest: string | undefined,
    revision: number,
    reason: string,
  ): Taken {
    const ofDigest = digest === undefined ? undefined : byDigest.get(digest);
    const ofId = id === undefined ? undefined : byId.get(id);
    for (const held of [ofDigest, ofId]) {
      if (held === undefined || held.revoked || held.revision > revision) continue;
      keep(holdBroken(held.id, held.digest, revision, reason));
    }
    if (digest !== undefined && ofDigest === undefined) {
      // The id stays with the record that it belongs to, if there is one.
      keep(holdBroken(ofId === undefined ? (id ?? NAMELESS) : NAMELESS, digest, revision, reason));
    } else if (id !== undefined && ofId === undefined) {
      deniedIds.set(id, Math.max(revision, deniedIds.get(id) ?? 0));
    }
    return { kind: 'denied', id, reason };
  }

  function takeToken(token: FeedToken): Taken {
    const ofDigest = byDigest.get(token.digest);
    const ofId = byId.get(token.id);
    if (ofDigest?.revoked || ofId?.revoked) return APPLIED;
    if (isNewer(ofDigest, token.revision) || isNewer(ofId, token.revision)) return APPLIED;
    const reason = contradiction(token, ofDigest, ofId);
    if (reason !== undefined) return denyByName(token.id, token.digest, token.revision, reason);
    const deniedAt = deniedIds.get(token.id);
    if (deniedAt !== undefined && deniedAt > token.revision) {
      keep(holdBroken(token.id, token.digest, deniedAt, 'a newer record of this token could not be read'));
      return APPLIED;
    }
    deniedIds.delete(token.id);
    const shared = { ...token, scopes: shareScopes(token.scopes) };
    const record = holdToken(shared, accounts.stateOf(token.account));
    keep(record);
    return record.bad === undefined ? APPLIED : { kind: 'denied', id: token.id, reason: record.bad };
  }

  function takeTombstone({ id, digest, revision }: FeedTombstone): Taken {
    const ofDigest = byDigest.get(digest);
    const ofId = byId.get(id);
    if (ofId !== undefined && ofId.digest !== digest && !ofId.revoked) {
      keep(holdTombstone(id, ofId.digest, revision, ofId));
    }
    if (ofDigest !== undefined && isAnother(ofDigest, id)) {
      if (ofId === undefined) deniedIds.set(id, Number.POSITIVE_INFINITY);
      return denyByName(ofDigest.id, digest, revision, 'a tombstone names this digest with another id');
    }
    if (!ofDigest?.revoked) keep(holdTombstone(id, digest, revision, ofDigest ?? ofId));
    return ofId !== undefined && ofId.digest !== digest
      ? { kind: 'denied', id, reason: 'the digest differs from the one held for this id' }
      : APPLIED;
  }

  function takeRecord(record: FeedRecord): Taken {
    if ('kind' in record) {
      accounts.set(record.account, record.status === 'suspended', record.revision);
      return APPLIED;
    }
    return record.status === 'revoked' ? takeTombstone(record) : takeToken(record);
  }

  function takeBroken(broken: UnreadableRecord, revision: number): Taken {
    const { id, digest, account, reason } = broken;
    if (account !== undefined) {
      accounts.set(account, true, revision);
      return { kind: 'denied', id: undefined, reason: `account ${account}: ${reason}` };
    }
    if (id === undefined && digest === undefined) return { kind: 'nameless', reason };
    return denyByName(id, digest, revision, reason);
  }

  return {
    find: (digest) => byDigest.get(digest),
    findById: (id) => byId.get(id),
    accounts,
    get size() {
      return byDigest.size;
    },
    records: () => byDigest.values(),
    take(parsed, revision, brokenAt) {
      if (!parsed.ok) return takeBroken(parsed, revision ?? brokenAt);
      const { record } = parsed;
      if (revision === undefined || record.revision === revision) return takeRecord(record);
      // A revoked token stays revoked, wherever its tombstone claims to stand.
      if (!('kind' in record) && record.status === 'revoked') takeTombstone({ ...record, revision });
      return takeBroken(namesOf(record), revision);
    },
    keep,
    deniedIds,
  };
}

function isNewer(held: HeldRecord | undefined, revision: number): boolean {
  return held !== undefined && held.revision > revision;
}

function isAnother(held: HeldRecord, id: TokenId): boolean {
  return held.bad === undefined && held.id !== NAMELESS && held.id !== id;
}

/** What a token never changes in its life, and this record says otherwise. */
function contradiction(
  token: FeedToken,
  ofDigest: HeldRecord | undefined,
  ofId: HeldRecord | undefined,
): string | undefined {
  if (ofDigest !== undefined && isAnother(ofDigest, token.id)) return 'the digest belongs to another token';
  if (ofId === undefined || ofId.bad !== undefined) return undefined;
  if (ofId.digest !== token.digest) return 'the digest differs from the one held for this id';
  if (ofId.account.name !== token.account) return 'the account differs from the one held for this id';
  if (ofId.usage !== token.usage) return 'the usage differs from the one held for this id';
  return undefined;
}

function namesOf(record: FeedRecord): UnreadableRecord {
  const reason = 'the revision is not the one of its place in the stream';
  const account: AccountName | undefined = 'kind' in record ? record.account : undefined;
  const [id, digest] = 'kind' in record ? [undefined, undefined] : [record.id, record.digest];
  return { ok: false, reason, id, digest, account, revision: record.revision };
}
