import type { Refusal } from './refusal.ts';

/** What a use case answers: a value, or a refusal after which nothing is stored. Failures (a dead disk) are thrown. */
export type Outcome<T> = Done<T> | Refused;

export interface Done<T> {
  readonly ok: true;
  readonly value: T;
  /** The last revision that the change got; null where verifiers have nothing to hear. */
  readonly revision: number | null;
}

export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

export function done<T>(value: T, revision: number | null = null): Done<T> {
  return { ok: true, value, revision };
}

export function refused(refusal: Refusal): Refused {
  return { ok: false, refusal };
}
