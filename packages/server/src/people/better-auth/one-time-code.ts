import { timingSafeEqual } from 'node:crypto';
import { createOTP } from '@better-auth/utils/otp';

const STEP_MS = 30_000;
/** Clocks of telephones are taken to be half a minute wrong at most. */
const STEPS_AROUND = 1;
const ISSUER = 'Latchkey';

/** What the application on the telephone is given (RFC 6238, SHA-1, six digits, half minutes). */
export function oneTimeCodeUri(secret: string, email: string): string {
  return createOTP(secret).url(ISSUER, email);
}

/** The half minute (counted from 1970) that a code is of; undefined: of none that is allowed now. */
export async function stepOfCode(secret: string, code: string, nowMs: number): Promise<number | undefined> {
  const otp = createOTP(secret);
  const present = Math.floor(nowMs / STEP_MS);
  let found: number | undefined;
  for (let step = present - STEPS_AROUND; step <= present + STEPS_AROUND; step++) {
    if (isSame(await otp.hotp(step), code)) found = step;
  }
  return found;
}

function isSame(wanted: string, given: string): boolean {
  const [left, right] = [Buffer.from(wanted), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
