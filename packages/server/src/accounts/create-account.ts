import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';

export interface CreateAccountInput {
  readonly name: string;
  /** Scopes that the account may hold; null or not sent: all of the catalogue but operator-only ones. */
  readonly allowance?: readonly string[] | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** `token` is a secret token with every scope of the account; `text` is its text, null where the idempotency key was used before. */
export interface CreatedAccount {
  readonly replayed: boolean;
  readonly account: AccountRow;
  readonly token: TokenRow;
  readonly text: string | null;
  readonly defaultToken: TokenRow;
}

/** Needs `accounts:write` and the operator's account. */
export async function createAccount(
  _deps: Deps,
  _caller: Caller,
  _input: CreateAccountInput,
): Promise<Outcome<CreatedAccount>> {
  throw new Error('not built yet');
}
