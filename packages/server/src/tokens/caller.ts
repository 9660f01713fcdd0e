import type { Role, StepUpClass } from '@latchkey/core';
import type { PersonId } from '../store/people-rows.ts';
import type { AccountRow, TokenRow } from '../store/rows.ts';

/**
 * Who asks, as the door saw it. Every change reads it again before it writes. What a caller may do, give and is called in
 * the audit log is told by `caller-rights.ts` alone.
 */
export type Caller = TokenCaller | MemberCaller;

/** Whoever holds a token. */
export interface TokenCaller {
  readonly kind: 'token';
  readonly token: TokenRow;
  readonly account: AccountRow;
  readonly requestId: string;
}

/** A person who is signed in and acts for an account. */
export interface MemberCaller {
  readonly kind: 'member';
  readonly person: { readonly id: PersonId; readonly name: string };
  readonly role: Role;
  readonly account: AccountRow;
  readonly session: string;
  /** Until when an act of this class needs no further proof, unix milliseconds. */
  readonly stepUps: ReadonlyMap<StepUpClass, number>;
  readonly requestId: string;
}
