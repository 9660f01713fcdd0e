import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import type { DenyReason } from './deny-reason.ts';

/** The answer to "may this request pass?". A refusal is a value; the decision never throws on any request. */
export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allow: true;
  readonly token: TokenRecord;
  /** A secret token came in the query string, where logs and referrers see it, and the policy is `flag`. */
  readonly exposedInUrl: boolean;
}

export interface Denied {
  readonly allow: false;
  readonly reason: DenyReason;
  /** What was seen and what would pass, for the holder of the token. Never holds a token's text. */
  readonly detail: string | undefined;
  /** The scope that is lacking, where the reason is `insufficient_scope`. */
  readonly scope: Scope | undefined;
  /** The token's record where the right text was shown; undefined for strangers. */
  readonly token: TokenRecord | undefined;
}

/** What the decision needs beside the request. */
export interface Policy {
  /** Scopes that the route needs; all of them. Empty: any valid token will do. */
  readonly requires: readonly Scope[];
  /**
   * What happens to a secret (`sk`) token in a query string. Public and temporary tokens may always stand there: that is
   * how browsers' maps send them.
   */
  readonly secretInQuery: 'accept' | 'flag' | 'refuse';
  /** The API's own origin (`https://api.example.com`), the evidence of a `Sec-Fetch-Site: same-origin` request with neither Origin nor Referer. */
  readonly publicOrigin: string | undefined;
}

/** Where records are found. Implemented by the verifier's replica and by the server's store-backed look-up. */
export interface TokenSource {
  /** Finds by the exact token text (the source digests it), which may be any text of up to 8192 characters; undefined: no such token. */
  find(text: string): TokenRecord | undefined;
  /** False while the source may lack tokens that exist: an unknown token is then `replica_stale`, not `unknown_token`. */
  isCurrent(now: number): boolean;
  /** True where the source is too old to answer for tokens of this record's class. */
  isStaleFor(record: TokenRecord, now: number): boolean;
}
