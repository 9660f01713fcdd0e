import { parseScope } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { TokenQuery } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { formatListCursor, parseListCursor } from './list-cursor.ts';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';
import { expiryOf, type TokenFilters, unusedSinceOf } from './token-filters.ts';

export interface ListTokensInput extends Omit<TokenFilters, 'status'> {
  readonly account: string;
  /** An expired token is no active one. Default: all but revoked ones. */
  readonly status?: 'active' | 'expired' | 'revoked' | undefined;
  /** `true`: only the default token; `false`: all but it. */
  readonly default?: boolean | undefined;
  /** See {@link TokenQuery}. Default: `created`. */
  readonly sortBy?: TokenQuery['sortBy'] | undefined;
  /** `next` of the page before. Any other text is `start_invalid`. */
  readonly start?: string | undefined;
  /** 1 to 500, as the door has checked. */
  readonly limit: number;
}

export interface TokenPage {
  readonly rows: readonly TokenRow[];
  /** Opaque, URL-safe; null: nothing follows. */
  readonly next: string | null;
}

/** One page of the account's tokens. Needs `tokens:read`. */
export async function listTokens(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  caller: Caller,
  input: ListTokensInput,
): Promise<Outcome<TokenPage>> {
  const early = refuseCaller(caller, input.account, 'tokens:read');
  if (early !== undefined) return early;
  const sortBy = input.sortBy ?? 'created';
  const after = input.start === undefined ? null : parseListCursor(sortBy, input.start);
  if (after === undefined) {
    const detail = 'start is not a cursor that this list has given, in this order.';
    return refused({ code: 'start_invalid', detail, field: 'start' });
  }
  const scope = input.scope === undefined ? null : parseScope(input.scope);
  if (scope === undefined) return done({ rows: [], next: null });
  const { rows, next } = await store.tokens({
    account: caller.account.name,
    usages: input.usages ?? ['pk', 'sk'],
    ...standingOf(input.status, now()),
    isDefault: input.default ?? null,
    scope,
    search: input.search === undefined || input.search === '' ? null : input.search,
    unusedSince: unusedSinceOf(input.unusedDays, now()),
    isExposed: input.exposed ?? null,
    isAnywhere: input.anywhere ?? null,
    sortBy,
    after,
    limit: input.limit,
  });
  return done({ rows, next: next && formatListCursor(sortBy, next) });
}

/** What is asked of rows: a revoked token is just that, whether it has expired or not. */
function standingOf(status: ListTokensInput['status'], now: number): Pick<TokenQuery, 'statuses' | 'expiry'> {
  if (status === 'revoked') return { statuses: ['revoked'], expiry: null };
  return { statuses: ['active'], expiry: expiryOf(status, now) };
}
