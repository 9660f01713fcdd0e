import type { TokenId, UrlWarning } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import type { RestrictionInput } from './restriction-input.ts';

/** Only what is sent changes; `undefined` is "not sent", `null` lifts. */
export interface UpdateTokenInput extends RestrictionInput {
  readonly account: string;
  readonly id: string;
  readonly note?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Unix milliseconds. */
  readonly expires?: number | null | undefined;
}

export interface UpdatedToken {
  readonly token: TokenRow;
  readonly warnings: readonly UrlWarning[];
  /** Temporary tokens that were revoked because the narrowed token no longer contains them. */
  readonly revokedTemporary: readonly TokenId[];
}

export async function updateToken(
  _deps: Deps,
  _caller: Caller,
  _input: UpdateTokenInput,
): Promise<Outcome<UpdatedToken>> {
  throw new Error('not built yet');
}
