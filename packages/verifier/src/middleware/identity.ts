import type { AccountName, Allowed, Scope, TokenId, TokenUsage } from '@latchkey/core';

/** Whose request it is, for the handler. The token's text is not in it. */
export interface LatchkeyIdentity {
  readonly account: AccountName;
  readonly tokenId: TokenId;
  readonly scopes: readonly Scope[];
  readonly usage: TokenUsage;
  /** A secret token came in the URL, where logs and other sites see it. */
  readonly exposedInUrl: boolean;
  /** When the token ends, in unix milliseconds; `Infinity` where it does not. */
  readonly expires: number;
  /** What else of a request the decision depended on: an answer that a cache keeps must not go to a request that differs in it. */
  readonly restrictedTo: RestrictedTo;
}

/** Which kinds of restriction a token has that look at more than the path. */
export interface RestrictedTo {
  /** Web pages, by `Origin`, `Referer` and `Sec-Fetch-Site`. */
  readonly urls: boolean;
  /** Native applications, by the headers that name them. */
  readonly applications: boolean;
  /** Addresses of clients. */
  readonly addresses: boolean;
}

/** All eight, so that a decision makes none. */
const RESTRICTED_TO: readonly RestrictedTo[] = Array.from({ length: 8 }, (_, bits) =>
  Object.freeze({ urls: (bits & 1) !== 0, applications: (bits & 2) !== 0, addresses: (bits & 4) !== 0 }),
);
const UNRESTRICTED: RestrictedTo = { urls: false, applications: false, addresses: false };

export function identityOf({ token, exposedInUrl }: Allowed): LatchkeyIdentity {
  const { account, id, scopes, usage, expires, restrictions } = token;
  const { urls, applications, addresses } = restrictions;
  const bits =
    Number(urls !== undefined) + 2 * Number(applications !== undefined) + 4 * Number(addresses !== undefined);
  const restrictedTo = RESTRICTED_TO[bits] ?? UNRESTRICTED;
  return { account: account.name, tokenId: id, scopes, usage, exposedInUrl, expires, restrictedTo };
}
