import {
  type CheckRequest,
  checkRequest,
  type Denied,
  type Policy,
  readTokenText,
  type TokenRecord,
} from '@latchkey/core';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { TokenStore } from '../store/store.ts';
import type { TokenCaller } from '../tokens/caller.ts';
import { recordOfRow } from '../tokens/token-record.ts';
import type { HomeUses } from './home-uses.ts';

export type Authentication =
  | { readonly ok: true; readonly caller: TokenCaller; readonly exposedInUrl: boolean }
  | { readonly ok: false; readonly denied: Denied };

export interface AuthenticateDeps {
  readonly store: Pick<TokenStore, 'tokenByDigest'>;
  readonly hash: (text: string) => string;
  readonly now: () => number;
  /** Told of each token that is let in. */
  readonly noteUse: HomeUses['note'];
}

/**
 * Judges the caller's own token by the decision that every verifier uses, with the evidence of this very request. The
 * server asks its store, so it is never stale. Rejects with the store's error.
 */
export async function authenticate(
  deps: AuthenticateDeps,
  request: CheckRequest,
  policy: Policy,
  requestId: string,
): Promise<Authentication> {
  const text = readTokenText(request);
  if (typeof text !== 'string') return { ok: false, denied: text };
  const found = await deps.store.tokenByDigest(deps.hash(text));
  const record = found === undefined ? undefined : recordAtHome(found.token, found.account);
  const source = { find: () => record, isCurrent: () => true, isStaleFor: () => false };
  const decision = checkRequest(request, policy, source, deps.now());
  if (!decision.allow) return { ok: false, denied: decision };
  // An allowed decision names a record, and the only one there is came from this row.
  if (found === undefined) throw new Error('the decision allowed a token that was not found');
  deps.noteUse(found.token, request, decision.exposedInUrl);
  return {
    ok: true,
    caller: { kind: 'token', token: found.token, account: found.account, requestId },
    exposedInUrl: decision.exposedInUrl,
  };
}

/**
 * The record without its resource restriction: that one speaks of paths of the provider's API, and these are Latchkey's own. What the
 * caller may make stays bound by it, because a new token is compared with the caller's whole grant.
 */
function recordAtHome(token: TokenRow, account: AccountRow): TokenRecord {
  const restrictions = token.restrictions.filter(({ kind }) => kind !== 'resources');
  return recordOfRow({ ...token, restrictions }, account);
}
