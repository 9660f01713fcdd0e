import type { TokenId } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';

export interface RevokeTokenInput {
  readonly account: string;
  readonly id: string;
}

export interface RevokedToken {
  readonly token: TokenRow;
  /** Temporary tokens that fell with it. */
  readonly revokedTemporary: readonly TokenId[];
  /** The new default token, where the default one was revoked. */
  readonly successor: TokenRow | null;
}

export async function revokeToken(
  _deps: Deps,
  _caller: Caller,
  _input: RevokeTokenInput,
): Promise<Outcome<RevokedToken>> {
  throw new Error('not built yet');
}
