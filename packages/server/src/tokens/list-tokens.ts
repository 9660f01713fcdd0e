import { parseScope } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { TokenQuery } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { formatListCursor, parseListCursor } from './list-cursor.ts';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';

/** Filters combine with "and"; what is not sent does not filter. */
export interface ListTokensInput {
  readonly account: string;
  /** Default: `pk` and `sk`. */
  readonly usages?: readonly ('pk' | 'sk' | 'tk')[] | undefined;
  /** An expired token is no active one. Default: all but revoked ones. */
  readonly status?: 'active' | 'expired' | 'revoked' | undefined;
  /** `true`: only the default token; `false`: all but it. */
  readonly default?: boolean | undefined;
  readonly scope?: string | undefined;
  /** Case-insensitive part of the note, or an exact token id. */
  readonly search?: string | undefined;
  /** Only tokens that were made so many days ago or earlier, and not let in since, as far as is reported. */
  readonly unusedDays?: number | undefined;
  /** Whether the secret was seen in a URL. */
  readonly exposed?: boolean | undefined;
  /** `true`: only tokens without a URL restriction. */
  readonly anywhere?: boolean | undefined;
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

const DAY_MS = 24 * 3600 * 1000;

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
    unusedSince: input.unusedDays === undefined ? null : now() - input.unusedDays * DAY_MS,
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
  const expiry = status === undefined ? null : { at: now, isOver: status === 'expired' };
  return { statuses: ['active'], expiry };
}
