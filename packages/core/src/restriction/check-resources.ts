import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/** Judges the path that a request asks for; undefined: it may pass. */
export function checkResources(
  _prefixes: readonly string[],
  _request: CheckRequest,
  _trace?: Trace,
): RestrictionRefusal | undefined {
  return { reason: 'resource_not_allowed', detail: 'not built yet' };
}
