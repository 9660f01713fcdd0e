import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import type { CompiledRestrictions } from './compile-restrictions.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/**
 * Applies all restrictions of a token in the order of the decision: resources, then URLs or applications (alternatives
 * where both are set), then addresses. Undefined: the request may pass. `unsupported` is not looked at: the
 * decision refuses such a token earlier. With a trace it adds exactly four steps: `resource`, `url`, `application`, `address`.
 */
export function checkRestrictions(
  _restrictions: CompiledRestrictions,
  _request: CheckRequest,
  _publicOrigin: string | undefined,
  _trace?: Trace,
): RestrictionRefusal | undefined {
  return { reason: 'url_not_allowed', detail: 'not built yet' };
}
