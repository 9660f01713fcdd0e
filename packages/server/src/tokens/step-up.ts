import type { StepUpClass } from '@latchkey/core';
import { STEP_UP_MINUTES } from '@latchkey/core';
import type { Caller } from './caller.ts';
import type { Refused } from './outcome.ts';
import { refused } from './outcome.ts';

const ACTS = {
  secrets: 'Making the text of a secret token',
  widening: 'Giving a token or an account more than it has',
  bulk: 'Revoking many tokens',
  members: 'Changing who belongs to the account',
  security: 'Changing how you sign in',
} as const satisfies Record<StepUpClass, string>;

/** Refuses a member who has not shown password or second factor lately, in this session and for this class. Tokens are never asked. */
export function refuseWithoutStepUp(
  caller: Caller,
  stepUp: StepUpClass | undefined,
  now: number,
): Refused | undefined {
  if (caller.kind === 'token' || stepUp === undefined) return undefined;
  if ((caller.stepUps.get(stepUp) ?? 0) > now) return undefined;
  const detail = `${ACTS[stepUp]} needs your password or second factor again, within the last ${STEP_UP_MINUTES} minutes.`;
  return refused({ code: 'step_up_required', detail, stepUp });
}
