import type { AccountName, TokenId } from '@latchkey/core';

/** A token, or all tokens of an account, that may do other things than before: revoked, changed, unreadable, gone, suspended. */
export type ChangedGrant = { readonly token: TokenId } | { readonly account: AccountName };
