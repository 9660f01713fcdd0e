import type { Decision } from '../decision/decision.ts';
import type { DenyReason } from '../decision/deny-reason.ts';

/** What became of a request, as it is counted. */
export type UsageOutcome = 'allowed' | DenyReason;

export function outcomeOf(decision: Decision): UsageOutcome {
  return decision.allow ? 'allowed' : decision.reason;
}

/** Stands for what is not told apart: too many, unreadable, or seen twice. */
export const OTHER = '*';

/** The service of requests that were judged without one being named. */
export const UNNAMED_SERVICE = 'default';
