import type { CompiledRestrictions } from '../restriction/compile-restrictions.ts';
import type { Scope } from '../scope/scope.ts';
import type { AccountName } from './account-name.ts';
import type { TokenId } from './token-id.ts';

/** `pk` public, `sk` secret, `tk` temporary. */
export type TokenUsage = 'pk' | 'sk' | 'tk';

/** An account as the decision sees it: one object, shared by all records of its tokens, so that suspending it is one change. */
export interface AccountState {
  readonly name: AccountName;
  suspended: boolean;
}

/**
 * A token as the decision sees it. Restrictions are parsed and checked when the record comes, never while deciding.
 * `bad` is set where the record could not be read whole: the token is then denied by name.
 */
export interface TokenRecord {
  readonly id: TokenId;
  readonly account: AccountState;
  readonly usage: TokenUsage;
  readonly revoked: boolean;
  readonly bad: string | undefined;
  readonly scopes: readonly Scope[];
  readonly restrictions: CompiledRestrictions;
  /** Unix milliseconds; `Infinity` where the token does not expire. */
  readonly expires: number;
  readonly revision: number;
}
