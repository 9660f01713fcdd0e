import type { AccountName, AccountState } from '@latchkey/core';

/** The accounts of a replica, by number: one state object each, shared by all records of the account's tokens. */
export interface AccountTable {
  numberOf(name: AccountName): number;
  /** The shared state. {@link NO_ACCOUNT_NUMBER} has one too. @throws RangeError for a number that was never given */
  stateOf(number: number): AccountState;
  /** What a token has that is suspended by itself. */
  suspendedOf(number: number): AccountState;
  /** Applies a suspension or resumption unless a newer one is known. */
  set(name: AccountName, suspended: boolean, revision: number): void;
  /** Every account of which a suspension or resumption is known. */
  readonly told: ReadonlyMap<AccountName, ToldAccount>;
  /** Puts all that is told in the place of what was. */
  replace(told: ReadonlyMap<AccountName, ToldAccount>): void;
  /** Names by number; for the disk. */
  names(): readonly AccountName[];
}

export interface ToldAccount {
  readonly suspended: boolean;
  readonly revision: number;
}

/** Stands for the account of a tombstone or a broken record, which do not tell theirs; no real account has an empty name. */
export const NO_ACCOUNT_NUMBER = 0;

export function createAccountTable(): AccountTable {
  const numbers = new Map<AccountName, number>();
  const states: AccountState[] = [Object.freeze({ name: '' as AccountName, suspended: false })];
  const suspended: AccountState[] = [];
  const told = new Map<AccountName, ToldAccount>();
  let lastName: AccountName | undefined;
  let lastNumber = NO_ACCOUNT_NUMBER;

  function numberOf(name: AccountName): number {
    // Tokens of one account often come one after the other.
    if (name === lastName) return lastNumber;
    const known = numbers.get(name);
    if (known !== undefined) {
      lastName = stateOf(known).name;
      lastNumber = known;
      return known;
    }
    // A copy: the name may be a piece of a text that is a thousand times as long.
    const own = JSON.parse(JSON.stringify(name)) as AccountName;
    numbers.set(own, states.length);
    states.push({ name: own, suspended: false });
    return states.length - 1;
  }

  function stateOf(number: number): AccountState {
    const state = states[number];
    if (state === undefined) throw new RangeError(`there is no account ${number}`);
    return state;
  }

  function put(name: AccountName, tells: ToldAccount): void {
    told.set(name, tells);
    stateOf(numberOf(name)).suspended = tells.suspended;
  }

  return {
    numberOf,
    stateOf,
    suspendedOf(number) {
      suspended[number] ??= Object.freeze({ name: stateOf(number).name, suspended: true });
      return suspended[number];
    },
    set(name, isSuspended, revision) {
      if ((told.get(name)?.revision ?? -1) <= revision) put(name, { suspended: isSuspended, revision });
    },
    told,
    replace(all) {
      for (const name of [...told.keys()]) {
        if (all.has(name)) continue;
        told.delete(name);
        stateOf(numberOf(name)).suspended = false;
      }
      for (const [name, tells] of all) put(name, tells);
    },
    names: () => states.slice(1).map(({ name }) => name),
  };
}
