import type { DenyReason } from '../decision/deny-reason.ts';

/** Why a restriction refused a request. `detail`: what was seen and what would pass, bounded, never a token's text. */
export interface RestrictionRefusal {
  readonly reason: DenyReason;
  readonly detail: string;
}
