import type { AccountName, ForeignRestriction, Scope, TokenId, TokenUsage } from '@latchkey/core';

/** A token on the feed. The token's text, its note and people are never in it. */
export interface FeedToken {
  readonly id: TokenId;
  /** SHA-256 of the token text, base64url without padding. */
  readonly digest: string;
  readonly account: AccountName;
  readonly usage: TokenUsage;
  readonly status: 'active' | 'suspended';
  readonly scopes: readonly Scope[];
  readonly restrictions: readonly ForeignRestriction[];
  /** Unix milliseconds; null where the token does not expire. */
  readonly expires: number | null;
  readonly parent: TokenId | null;
  readonly revision: number;
}

/** A revoked token: no more than its handle, its digest and the revision that ended it. */
export interface FeedTombstone {
  readonly id: TokenId;
  readonly digest: string;
  readonly status: 'revoked';
  readonly revision: number;
}

/** Suspension or resumption of an account; it covers all of its tokens. */
export interface FeedAccount {
  readonly kind: 'account';
  readonly account: AccountName;
  readonly status: 'active' | 'suspended';
  readonly revision: number;
}

export type FeedRecord = FeedToken | FeedTombstone | FeedAccount;

/** The JSON text of a record: known fields only, in a fixed order, so that equal records have equal bytes. */
export function formatRecord(record: FeedRecord): string {
  if ('kind' in record) {
    const { kind, account, status, revision } = record;
    return JSON.stringify({ kind, account, status, revision });
  }
  if (record.status === 'revoked') {
    const { id, digest, status, revision } = record;
    return JSON.stringify({ id, digest, status, revision });
  }
  const { id, digest, account, usage, status, scopes, restrictions, expires, parent, revision } = record;
  return JSON.stringify({
    id,
    digest,
    account,
    usage,
    status,
    scopes,
    restrictions,
    expires,
    parent,
    revision,
  });
}
