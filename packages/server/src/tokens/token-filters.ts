import type { TokenQuery } from '../store/store.ts';

/** Filters combine with "and"; what is not sent does not filter. */
export interface TokenFilters {
  /** Default: `pk` and `sk`. */
  readonly usages?: readonly ('pk' | 'sk' | 'tk')[] | undefined;
  /** An expired token is no active one. */
  readonly status?: 'active' | 'expired' | undefined;
  readonly scope?: string | undefined;
  /** Case-insensitive part of the note, or an exact token id. */
  readonly search?: string | undefined;
  /** Only tokens that were made so many days ago or earlier, and not let in since, as far as is reported. */
  readonly unusedDays?: number | undefined;
  /** Whether the secret was seen in a URL. */
  readonly exposed?: boolean | undefined;
  /** `true`: only tokens without a URL restriction. */
  readonly anywhere?: boolean | undefined;
}

const DAY_MS = 24 * 3600 * 1000;

export function expiryOf(status: TokenFilters['status'], now: number): TokenQuery['expiry'] {
  return status === undefined ? null : { at: now, isOver: status === 'expired' };
}

export function unusedSinceOf(days: number | undefined, now: number): number | null {
  return days === undefined ? null : now - days * DAY_MS;
}
