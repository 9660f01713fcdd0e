import type { AccountName, AccountState } from '@latchkey/core';

/** The accounts of a replica: one state object each, shared by all records of the account's tokens. */
export interface AccountTable {
  /** The shared state; a new account is active. */
  stateOf(name: AccountName): AccountState;
  /** Applies a suspension or resumption unless a newer one is known. */
  set(name: AccountName, suspended: boolean, revision: number): void;
  /** Applies it whatever is known. */
  correct(name: AccountName, suspended: boolean, revision: number): void;
  /** Every account of which a suspension or resumption is known. */
  told(): Iterable<ToldAccount>;
  hasBeenTold(name: AccountName): boolean;
}

export interface ToldAccount {
  readonly name: AccountName;
  readonly suspended: boolean;
  readonly revision: number;
}

export function createAccountTable(): AccountTable {
  const states = new Map<AccountName, AccountState>();
  const revisions = new Map<AccountName, number>();

  function stateOf(name: AccountName): AccountState {
    let state = states.get(name);
    if (state === undefined) {
      state = { name, suspended: false };
      states.set(name, state);
    }
    return state;
  }

  function correct(name: AccountName, suspended: boolean, revision: number): void {
    revisions.set(name, revision);
    stateOf(name).suspended = suspended;
  }

  return {
    stateOf,
    set(name, suspended, revision) {
      if ((revisions.get(name) ?? -1) <= revision) correct(name, suspended, revision);
    },
    correct,
    *told() {
      for (const [name, revision] of revisions) yield { name, suspended: stateOf(name).suspended, revision };
    },
    hasBeenTold: (name) => revisions.has(name),
  };
}
