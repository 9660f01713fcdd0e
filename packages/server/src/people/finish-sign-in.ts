import { checkCode, checkRecoveryCode } from './check-code.ts';
import type { PeopleDeps } from './deps.ts';
import { beginGuess } from './guess-limit.ts';
import { deviceOf } from './known-device.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';
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
  const { code: key } = guessKeys(deps, person.email, deviceOf(deps, device, person));
  const guess = await beginGuess(deps, key, { isAboutSomebody: true });
  if (!guess.allowed) return declined(tooMany(guess));
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
  await deps.store.forgetGuess(key);
  const opened = await rotateSession(deps, waiting, {
    state: 'signed_in',
    expiresAt: deps.now() + SESSION_MS,
  });
  if (opened === undefined)
    return declined({ code: 'not_signed_in', detail: 'The sign-in was used or ended.' });
  return accepted(opened);
}
