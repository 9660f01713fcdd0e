import type { Refused } from './outcome.ts';
import { refused } from './outcome.ts';

/** The last moment that a JavaScript date, and so every answer, can name (ECMA-262 §21.4.1.1). */
const LAST_TIME_MS = 8.64e15;

/** An expiry is a time, in unix milliseconds, and not over yet. */
export function refuseExpiry(expires: number | null, now: number): Refused | undefined {
  if (expires === null) return undefined;
  if (!Number.isSafeInteger(expires) || Math.abs(expires) > LAST_TIME_MS) {
    return refused({ code: 'expires_invalid', detail: 'expires is not a time.', field: 'expires' });
  }
  if (expires > now) return undefined;
  return refused({ code: 'expires_in_past', detail: 'expires is in the past.', field: 'expires' });
}
