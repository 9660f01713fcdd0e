import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';

/** When a token that is being replaced is retired, in milliseconds. */
export type RotationTerm =
  /** After this time, used or not; 0: at once. */
  | { readonly kind: 'grace'; readonly graceMs: number }
  /** Once nobody has used it for so long. */
  | { readonly kind: 'quiet'; readonly quietMs: number };

/** What a caller asks for: one of the two, or neither. */
export interface RotationTermInput {
  readonly graceMs?: number | undefined;
  readonly untilQuietMs?: number | undefined;
}

const DAY_MS = 24 * 3600 * 1000;
const LONGEST_MS = 30 * DAY_MS;
/** Several times as long as verifiers take to report. */
const SHORTEST_QUIET_MS = 60_000;
/** Long enough to put the new token everywhere, short enough to end by itself. */
const DEFAULT: RotationTerm = { kind: 'grace', graceMs: 7 * DAY_MS };

/** Reads the term; neither sent: a grace time of seven days. */
export function readTerm({ graceMs, untilQuietMs }: RotationTermInput): Outcome<RotationTerm> {
  if (graceMs !== undefined && untilQuietMs !== undefined) {
    const detail = 'A token is retired after a grace time or when it is quiet: send grace or untilQuiet.';
    return refused({ code: 'grace_invalid', detail, field: 'untilQuiet' });
  }
  if (untilQuietMs !== undefined) {
    if (isWithin(untilQuietMs, SHORTEST_QUIET_MS)) return done({ kind: 'quiet', quietMs: untilQuietMs });
    return refused({ code: 'grace_invalid', detail: 'untilQuiet is 1m to 30d.', field: 'untilQuiet' });
  }
  if (graceMs === undefined) return done(DEFAULT);
  if (isWithin(graceMs, 0)) return done({ kind: 'grace', graceMs });
  return refused({ code: 'grace_invalid', detail: 'grace is 0s to 30d.', field: 'grace' });
}

/** When a token with this term, counted from `from`, is retired, or looked at for the first time. */
export function dueAfter(from: number, term: RotationTerm): number {
  return from + (term.kind === 'grace' ? term.graceMs : term.quietMs);
}

export function quietMsOf(term: RotationTerm): number | null {
  return term.kind === 'quiet' ? term.quietMs : null;
}

function isWithin(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= LONGEST_MS;
}
