import { oneTimeCodeUri } from './better-auth/one-time-code.ts';
import { checkCode, recoveryDigest } from './check-code.ts';
import type { PeopleDeps } from './deps.ts';
import { beginGuess } from './guess-limit.ts';
import { PASSWORD_LENGTH, passwordProblem } from './password-rule.ts';
import { accepted, CHANGED_MEANWHILE, declined, type PeopleOutcome } from './refusal.ts';
import type { FoundSession } from './sessions.ts';
import { hasSecondFactor, tooMany } from './sign-in.ts';
import { proveAgain, sessionGuessKey } from './step-up.ts';

const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

export interface BegunSecondFactor {
  /** `otpauth://totp/…` */
  readonly uri: string;
  /** Told here and never again. */
  readonly recoveryCodes: readonly string[];
}

/** Begins a second factor: it is asked for once a code of it was shown. One that was begun before is void. */
export async function beginSecondFactor(
  deps: PeopleDeps,
  found: FoundSession,
  password: string,
): Promise<PeopleOutcome<BegunSecondFactor>> {
  const { person, session } = found;
  const proved = await proveAgain(deps, found, { password });
  if (!proved.ok) return proved;
  if (hasSecondFactor(person)) {
    return declined({ code: 'second_factor_exists', detail: 'Take the present one away first.' });
  }
  const secret = Buffer.from(deps.randomBytes(SECRET_BYTES)).toString('base64url');
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(deps));
  const digests = recoveryCodes.map((code) => recoveryDigest(deps.key, code));
  const factor = { sealed: await deps.sealing.seal(secret), confirmedAt: null, lastStep: 0 };
  const by = { person, session: session.id };
  if (!(await deps.store.setSecondFactor(by, factor, digests, deps.now())))
    return declined(CHANGED_MEANWHILE);
  return accepted({ uri: oneTimeCodeUri(secret, person.email), recoveryCodes });
}

/** Puts the begun second factor into force by a first code of it. */
export async function confirmSecondFactor(
  deps: PeopleDeps,
  { person, session }: FoundSession,
  code: string,
): Promise<PeopleOutcome<undefined>> {
  if (person.secondFactor === null) {
    return declined({ code: 'second_factor_missing', detail: 'Begin a second factor first.' });
  }
  if (hasSecondFactor(person)) {
    return declined({ code: 'second_factor_exists', detail: 'The second factor is in force already.' });
  }
  const key = sessionGuessKey(deps, session);
  const guess = await beginGuess(deps, key);
  if (!guess.allowed) return declined(tooMany(guess));
  if (!(await checkCode(deps, person, code, 'begun'))) {
    return declined({
      code: 'second_factor_refused',
      detail: 'The code is wrong or over: does the clock of the telephone go right?',
      field: 'code',
    });
  }
  await deps.store.forgetGuess(key);
  deps.letters.secondFactorChanged(person, true);
  return accepted(undefined);
}

/** Takes the second factor away. The password has to be long enough to stand alone. */
export async function removeSecondFactor(
  deps: PeopleDeps,
  found: FoundSession,
  password: string,
): Promise<PeopleOutcome<undefined>> {
  const { person, session } = found;
  const proved = await proveAgain(deps, found, { password });
  if (!proved.ok) return proved;
  if (person.secondFactor === null) {
    return declined({ code: 'second_factor_missing', detail: 'There is none to take away.' });
  }
  if (
    hasSecondFactor(person) &&
    passwordProblem(password, { ...person, hasSecondFactor: false }) !== undefined
  ) {
    const detail = `Without a second factor a password has at least ${PASSWORD_LENGTH} characters. Set a longer one first.`;
    return declined({ code: 'password_refused', detail, field: 'password' });
  }
  const by = { person, session: session.id };
  if (!(await deps.store.setSecondFactor(by, null, [], deps.now()))) return declined(CHANGED_MEANWHILE);
  if (hasSecondFactor(person)) deps.letters.secondFactorChanged(person, false);
  return accepted(undefined);
}

/** Four groups of four letters and digits that people do not confuse: 80 random bits. */
function newRecoveryCode({ randomBytes }: Pick<PeopleDeps, 'randomBytes'>): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  let bits = BigInt(`0x${Buffer.from(randomBytes(RECOVERY_BYTES)).toString('hex')}`);
  let text = '';
  for (let at = 0; at < 16; at++) {
    text += `${at > 0 && at % 4 === 0 ? '-' : ''}${letters[Number(bits & 31n)]}`;
    bits >>= 5n;
  }
  return text;
}
