import type { AccountName, Allowed, Scope, TokenId, TokenUsage } from '@latchkey/core';

/** Whose request it is, for the handler. The token's text is not in it. */
export interface LatchkeyIdentity {
  readonly account: AccountName;
  readonly tokenId: TokenId;
  readonly scopes: readonly Scope[];
  readonly usage: TokenUsage;
  /** A secret token came in the URL, where logs and other sites see it. */
  readonly exposedInUrl: boolean;
}

export function identityOf({ token, exposedInUrl }: Allowed): LatchkeyIdentity {
  const { account, id, scopes, usage } = token;
  return { account: account.name, tokenId: id, scopes, usage, exposedInUrl };
}
