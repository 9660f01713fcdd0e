import type { StepUpClass } from '@latchkey/core';
import type { SessionRow } from '../store/people-rows.ts';
import { checkCode } from './check-code.ts';
import type { PeopleDeps } from './deps.ts';
import { beginGuess } from './guess-limit.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';
import { type FoundSession, type OpenedSession, rotateSession, stepUpsOf } from './sessions.ts';
import { tooMany } from './sign-in.ts';

/** So long a proof counts, for one class of action in one session. */
export const STEP_UP_MS = 10 * 60 * 1000;

export type OwnProof = { readonly password: string } | { readonly code: string };

/** Notes that the person has proved again who they are, for one class of action; the credential is another afterwards. */
export async function stepUp(
  deps: PeopleDeps,
  found: FoundSession,
  stepUpClass: StepUpClass,
  proof: OwnProof,
): Promise<PeopleOutcome<OpenedSession>> {
  const proved = await proveAgain(deps, found, proof);
  if (!proved.ok) return proved;
  const at = deps.now();
  const stepUps = { ...Object.fromEntries(stepUpsOf(found.session, at)), [stepUpClass]: at + STEP_UP_MS };
  const opened = await rotateSession(deps, found, { stepUps });
  if (opened === undefined) return declined({ code: 'not_signed_in', detail: 'The session has ended.' });
  return accepted(opened);
}

/** What guesses within a session are counted under. */
export function sessionGuessKey({ key }: Pick<PeopleDeps, 'key'>, { id }: Pick<SessionRow, 'id'>): string {
  return key.digest('guess', `session\0${id}`);
}

/** Proves within a session who somebody is. Failures count for the session alone, so that nobody is locked out by them elsewhere. */
export async function proveAgain(
  deps: PeopleDeps,
  { session, person }: FoundSession,
  proof: OwnProof,
): Promise<PeopleOutcome<undefined>> {
  const key = sessionGuessKey(deps, session);
  const guess = await beginGuess(deps, key);
  if (!guess.allowed) return declined(tooMany(guess));
  const isRight =
    'password' in proof
      ? await deps.passwords.verify(person.passwordHash, proof.password)
      : await checkCode(deps, person, proof.code);
  if (isRight) {
    await deps.store.forgetGuess(key);
    return accepted(undefined);
  }
  return declined(
    'password' in proof
      ? { code: 'password_wrong', detail: 'This is not your password.', field: 'password' }
      : {
          code: 'second_factor_refused',
          detail: 'The code is wrong, over, or was used before.',
          field: 'code',
        },
  );
}
