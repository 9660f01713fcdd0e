import type { Caller } from './caller.ts';
import type { CreatedToken } from './create-token.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';

export interface CreateTemporaryTokenInput {
  readonly account: string;
  readonly scopes: readonly string[];
  /** Unix milliseconds. */
  readonly expires: number;
  readonly note?: string | null | undefined;
  /** May only narrow what the creator's own restriction allows. */
  readonly allowedUrls?: readonly string[] | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

export async function createTemporaryToken(
  _deps: Deps,
  _caller: Caller,
  _input: CreateTemporaryTokenInput,
): Promise<Outcome<CreatedToken>> {
  throw new Error('not built yet');
}
