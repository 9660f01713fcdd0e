import type { ForeignRestriction, TokenUsage } from '@latchkey/core';

/** A token on the feed. The token's text, its note and people are never in it. */
export interface FeedToken {
  readonly id: string;
  /** SHA-256 of the token text, base64url without padding. */
  readonly digest: string;
  readonly account: string;
  readonly usage: TokenUsage;
  readonly status: 'active' | 'suspended';
  readonly scopes: readonly string[];
  readonly restrictions: readonly ForeignRestriction[];
  /** Unix milliseconds; null where the token does not expire. */
  readonly expires: number | null;
  readonly parent: string | null;
  readonly revision: number;
}

/** A revoked token: no more than its handle, its digest and the revision that ended it. */
export interface FeedTombstone {
  readonly id: string;
  readonly digest: string;
  readonly status: 'revoked';
  readonly revision: number;
}

/** Suspension or resumption of an account; it covers all of its tokens. */
export interface FeedAccount {
  readonly kind: 'account';
  readonly account: string;
  readonly status: 'active' | 'suspended';
  readonly revision: number;
}

export type FeedRecord = FeedToken | FeedTombstone | FeedAccount;
