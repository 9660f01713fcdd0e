import { checkCode, checkRecoveryCode } from './check-code.ts';
import type { PeopleDeps } from './deps.ts';
import { beginGuess, GUESS_LIMIT } from './guess-limit.ts';
import { deviceOf } from './known-device.ts';
import { accepted, declined, type PeopleOutcome, type PeopleRefusal } from './refusal.ts';
import { type FoundSession, type OpenedSession, rotateSession, SESSION_MS } from './sessions.ts';
import { guessKeys, tooMany } from './sign-in.ts';

export type SecondProof = { readonly code: string } | { readonly recoveryCode: string };

/** Signs in the person whose session waits for the second factor; its credential is another afterwards. */
export async function finishSignIn(
  deps: PeopleDeps,
  waiting: FoundSession,
  proof: SecondProof,
  device: string | undefined,
): Promise<PeopleOutcome<OpenedSession>> {
  const { person } = waiting;
  const keys = guessKeys(deps, person.email, deviceOf(deps, device, person));
  // Nobody guesses one of 80 random bits: they only become more seldom, so that owners get in however many codes others tried.
  const [key, limit] = 'code' in proof ? [keys.code, GUESS_LIMIT] : [keys.recovery, Number.POSITIVE_INFINITY];
  const guess = await beginGuess(deps, key, { limit });
  if (!guess.allowed) return declined(guess.waitMs === null ? LOCKED : tooMany(guess));
  const isRight =
    'code' in proof
      ? await checkCode(deps, person, proof.code)
      : await checkRecoveryCode(deps, person, proof.recoveryCode);
  if (!isRight) {
    return declined({
      code: 'second_factor_refused',
      detail: 'The code is wrong, over, or was used before.',
      field: 'code' in proof ? 'code' : 'recoveryCode',
    });
  }
  await deps.store.forgetGuess(keys.code);
  await deps.store.forgetGuess(keys.recovery);
  const opened = await rotateSession(deps, waiting, {
    state: 'signed_in',
    expiresAt: deps.now() + SESSION_MS,
  });
  if (opened === undefined)
    return declined({ code: 'not_signed_in', detail: 'The sign-in was used or ended.' });
  return accepted(opened);
}

const LOCKED: PeopleRefusal = {
  code: 'sign_in_locked',
  detail:
    'Too many codes have failed in a row. Use a recovery code, or a browser in which you were signed in before.',
};
