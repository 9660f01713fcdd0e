import type { UrlWarning } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import type { RestrictionInput } from './restriction-input.ts';

export interface CreateTokenInput extends RestrictionInput {
  /** The account of the path. Any but the caller's is `account_not_found`. */
  readonly account: string;
  readonly note?: string | null | undefined;
  readonly scopes: readonly string[];
  /** Unix milliseconds. */
  readonly expires?: number | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** `replayed`: the idempotency key was used before for this very request; its token is told, its text never again. */
export type CreatedToken =
  | {
      readonly replayed: false;
      readonly token: TokenRow;
      readonly text: string;
      readonly warnings: readonly UrlWarning[];
    }
  | { readonly replayed: true; readonly token: TokenRow };

export async function createToken(
  _deps: Deps,
  _caller: Caller,
  _input: CreateTokenInput,
): Promise<Outcome<CreatedToken>> {
  throw new Error('not built yet');
}
