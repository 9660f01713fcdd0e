import { STEP_UP_MINUTES } from '@latchkey/core';
import type { Changes } from '../store/store.ts';
import type { Caller } from './caller.ts';
import type { Refused } from './outcome.ts';
import { refuseWithoutStepUp } from './step-up.ts';

/** So many tokens a session revokes one by one, within ten minutes, before that counts as revoking many. */
export const LONE_REVOCATIONS = 10;
const WITHIN_MS = STEP_UP_MINUTES * 60_000;

/**
 * Counts a single revocation, and refuses it to a session that has made so many of late that they want the step-up `bulk`: a loop of
 * single calls is no way around it. Whatever is revoked with that proof counts for nothing. Tokens are never asked.
 */
export async function refuseManyAlone(
  changes: Pick<Changes, 'signedInSession' | 'noteLoneRevocations'>,
  caller: Caller,
  at: number,
): Promise<Refused | undefined> {
  const unproven = refuseWithoutStepUp(caller, 'bulk', at);
  if (caller.kind === 'token' || unproven === undefined) return undefined;
  const session = await changes.signedInSession(caller.session);
  const late = (session?.loneRevocations ?? []).filter((time) => time > at - WITHIN_MS);
  if (late.length >= LONE_REVOCATIONS) return unproven;
  changes.noteLoneRevocations(caller.session, [...late, at]);
  return undefined;
}
