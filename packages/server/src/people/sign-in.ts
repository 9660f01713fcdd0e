import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { beginGuess, type GuessRefused } from './guess-limit.ts';
import { deviceOf } from './known-device.ts';
import { readEmail } from './read-person.ts';
import { accepted, declined, type PeopleOutcome, type PeopleRefusal } from './refusal.ts';
import { type OpenedSession, openSession } from './sessions.ts';

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  /** What the browser kept of a former sign-in. */
  readonly device: string | undefined;
  /** What the browser calls itself. */
  readonly client: string | null;
}

/**
 * Checks e-mail address and password and begins a session, which waits for the second factor where the person has one. The
 * same work is done and the same is answered whether there is such a person or not.
 */
export async function signIn(deps: PeopleDeps, input: SignInInput): Promise<PeopleOutcome<OpenedSession>> {
  const email = readEmail(input.email);
  if (!email.ok) return declined(REFUSED);
  const person = await deps.store.personByEmail(email.value);
  const device = deviceOf(deps, input.device, person);
  const keys = guessKeys(deps, email.value, device);
  const guess = await beginGuess(deps, keys.password);
  if (!guess.allowed) return declined(tooMany(guess));
  const isRight = await deps.passwords.verify(person?.passwordHash ?? null, input.password);
  if (person === undefined || !isRight) return declined(REFUSED);
  await deps.store.forgetGuess(keys.password);
  const state = hasSecondFactor(person) ? 'pending' : 'signed_in';
  return accepted(await openSession(deps, person, state, input.client));
}

export function hasSecondFactor({ secondFactor }: PersonRow): boolean {
  return secondFactor !== null && secondFactor.confirmedAt !== null;
}

/** What guesses at somebody's password and codes are counted under: the address, or the browser that is known. */
export function guessKeys(
  { key }: Pick<PeopleDeps, 'key'>,
  email: string,
  device: string | undefined,
): { readonly password: string; readonly code: string; readonly recovery: string } {
  const place = device === undefined ? email : `${email}\0${device}`;
  const of = (what: string) => key.digest('guess', `${what}\0${place}`);
  return { password: of('password'), code: of('code'), recovery: of('recovery') };
}

/** A guess that was not allowed, as it is told. */
export function tooMany({ waitMs }: GuessRefused): PeopleRefusal {
  if (waitMs === null) {
    return {
      code: 'sign_in_locked',
      detail:
        'Too many tries have failed in a row. Sign in from a browser in which you were signed in before, or set a new password by e-mail.',
    };
  }
  const seconds = Math.ceil(waitMs / 1000);
  return {
    code: 'sign_in_delayed',
    detail: `Tries have failed. The next one is possible in ${seconds} s.`,
    retryAfterSeconds: seconds,
  };
}

const REFUSED: PeopleRefusal = {
  code: 'sign_in_refused',
  detail: 'The e-mail address and the password do not belong together.',
};
