import type { AccountName, TokenId } from '@latchkey/core';
import { parseScope, parseTokenId } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { TokenPosition, TokenStore } from '../store/store.ts';
import { expiryOf, type TokenFilters, unusedSinceOf } from './token-filters.ts';

/** Tokens that an act is about: those of these ids, or those that a filter fits. */
export type TokenSelection = { readonly ids: readonly string[] } | { readonly filter: TokenFilters };

export interface SelectedTokens {
  readonly rows: readonly TokenRow[];
  /** The filter fits more than `limit`. */
  readonly more: boolean;
  /** Ids that nothing can be done about. */
  readonly skipped: readonly {
    readonly id: string;
    readonly code: 'token_not_found' | 'token_revoked';
  }[];
}

const PAGE = 500;

/**
 * Finds the tokens of an account, in no order. Another account's id is answered as a random one. A filter leaves out the
 * default token and `but`, because nobody means those by a filter.
 */
export async function selectTokens(
  store: Pick<TokenStore, 'token' | 'tokens'>,
  account: AccountName,
  selection: TokenSelection,
  { but, limit, now }: { readonly but: TokenId | undefined; readonly limit: number; readonly now: number },
): Promise<SelectedTokens> {
  return 'ids' in selection
    ? byId(store, account, selection.ids)
    : byFilter(store, account, selection.filter, { but, limit, now });
}

async function byId(
  store: Pick<TokenStore, 'token'>,
  account: AccountName,
  ids: readonly string[],
): Promise<SelectedTokens> {
  const rows: TokenRow[] = [];
  const skipped: { id: string; code: 'token_not_found' | 'token_revoked' }[] = [];
  for (const id of new Set(ids)) {
    const parsed = parseTokenId(id);
    const row = parsed && (await store.token(parsed));
    if (row?.account !== account) skipped.push({ id, code: 'token_not_found' });
    else if (row.status === 'revoked') skipped.push({ id, code: 'token_revoked' });
    else rows.push(row);
  }
  return { rows, more: false, skipped };
}

async function byFilter(
  store: Pick<TokenStore, 'tokens'>,
  account: AccountName,
  filter: TokenFilters,
  { but, limit, now }: { readonly but: TokenId | undefined; readonly limit: number; readonly now: number },
): Promise<SelectedTokens> {
  const rows: TokenRow[] = [];
  const scope = filter.scope === undefined ? null : parseScope(filter.scope);
  if (scope === undefined) return { rows, more: false, skipped: [] };
  let after: TokenPosition | null = null;
  do {
    const page: Awaited<ReturnType<TokenStore['tokens']>> = await store.tokens({
      account,
      usages: filter.usages ?? ['pk', 'sk'],
      statuses: ['active'],
      expiry: expiryOf(filter.status, now),
      isDefault: false,
      scope,
      search: filter.search === undefined || filter.search === '' ? null : filter.search,
      unusedSince: unusedSinceOf(filter.unusedDays, now),
      isExposed: filter.exposed ?? null,
      isAnywhere: filter.anywhere ?? null,
      sortBy: 'created',
      after,
      limit: PAGE,
    });
    rows.push(...page.rows.filter(({ id }) => id !== but));
    after = page.next;
  } while (after !== null && rows.length <= limit);
  return { rows: rows.slice(0, limit), more: rows.length > limit, skipped: [] };
}
