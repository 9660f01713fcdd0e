import type { ProblemCode, StepUpClass } from '@latchkey/wire/native';

/** Why something about people was not done. */
export interface PeopleRefusal {
  readonly code: Extract<
    ProblemCode,
    | 'not_signed_in'
    | 'step_up_required'
    | 'sign_in_refused'
    | 'sign_in_delayed'
    | 'sign_in_locked'
    | 'second_factor_refused'
    | 'second_factor_exists'
    | 'second_factor_missing'
    | 'password_wrong'
    | 'password_refused'
    | 'email_invalid'
    | 'email_exists'
    | 'mail_delayed'
    | 'name_invalid'
    | 'link_invalid'
    | 'invitation_for_another'
    | 'session_not_found'
  >;
  readonly detail: string;
  readonly field?: string;
  /** When a further try makes sense. */
  readonly retryAfterSeconds?: number;
  readonly stepUp?: StepUpClass;
}

export type PeopleOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: PeopleRefusal };

export function accepted<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function declined(refusal: PeopleRefusal): { readonly ok: false; readonly refusal: PeopleRefusal } {
  return { ok: false, refusal };
}

/** What was proved is not so any more: nothing was changed by it. */
export const CHANGED_MEANWHILE: PeopleRefusal = {
  code: 'not_signed_in',
  detail: 'Your session has ended, or how you sign in was changed meanwhile. Sign in again.',
};
