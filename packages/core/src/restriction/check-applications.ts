import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import type { AppIdentity } from './application.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/** Judges the application that a request names; undefined: it may pass. */
export function checkApplications(
  _allowed: readonly AppIdentity[],
  _request: CheckRequest,
  _trace?: Trace,
): RestrictionRefusal | undefined {
  return { reason: 'application_not_allowed', detail: 'not built yet' };
}
