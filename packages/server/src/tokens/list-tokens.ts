import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';

/** Filters combine with "and"; what is not sent does not filter. */
export interface ListTokensInput {
  readonly account: string;
  /** Default: `pk` and `sk`. */
  readonly usages?: readonly ('pk' | 'sk' | 'tk')[] | undefined;
  /** Default: `active`. */
  readonly statuses?: readonly ('active' | 'revoked')[] | undefined;
  /** `true`: only the default token; `false`: all but it. */
  readonly default?: boolean | undefined;
  readonly scope?: string | undefined;
  /** Case-insensitive part of the note, or an exact token id. */
  readonly search?: string | undefined;
  /** Newest first. Default: `created`. */
  readonly sortBy?: 'created' | 'modified' | undefined;
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

export async function listTokens(
  _deps: Pick<Deps, 'store'>,
  _caller: Caller,
  _input: ListTokensInput,
): Promise<Outcome<TokenPage>> {
  throw new Error('not built yet');
}
