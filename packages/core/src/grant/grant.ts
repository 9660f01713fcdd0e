import type { Restriction } from '../restriction/restriction.ts';
import type { Scope } from '../scope/scope.ts';

/** Everything that a token may do, where and how long. */
export interface Grant {
  readonly scopes: readonly Scope[];
  /** Canonical, at most one of each kind; a kind that is absent does not restrict. */
  readonly restrictions: readonly Restriction[];
  /** Unix milliseconds; null where it does not end. */
  readonly expires: number | null;
}
