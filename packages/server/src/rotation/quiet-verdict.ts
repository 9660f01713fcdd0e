import type { RotationRow, RotationWait } from '../store/rows.ts';
import type { Verdict } from './retire-token.ts';

/** How far somebody who decides requests has told of them. Times are unix milliseconds. */
export interface UseReport {
  /** All that it decided before then is known; null: nothing is. */
  readonly reportedUntil: number | null;
  /** It may decide up to then. */
  readonly decidesUntil: number;
  /** It was closed and has told everything. */
  readonly isOver: boolean;
}

export interface KnownUse {
  /** When the token was let in last; null: never. */
  readonly lastUsedAt: number | null;
  readonly reports: readonly UseReport[];
}

const LOOK_AGAIN_LONGEST_MS = 60_000;
const LOOK_AGAIN_SHORTEST_MS = 1000;

/**
 * Whether a token that is to be retired when it is quiet has been that for long enough. What counts is what everyone who may
 * let it in has *reported*: whoever is cut off and may still decide is waited for, and silence proves nothing. Whoever may decide
 * no more is not waited for.
 */
export function quietVerdict(
  { quietMs, startedAt }: RotationRow & { readonly quietMs: number },
  { lastUsedAt, reports }: KnownUse,
  now: number,
): Verdict {
  const quietUntil = Math.max(startedAt, lastUsedAt ?? 0) + quietMs;
  if (now < quietUntil) {
    const waitsFor: RotationWait[] =
      lastUsedAt === null || lastUsedAt < startedAt ? [] : [{ kind: 'use', lastUsedAt }];
    return { kind: 'wait', waitsFor, lookAt: quietUntil };
  }
  const silent = reports.filter(
    (one) => !one.isOver && one.decidesUntil > now && (one.reportedUntil ?? 0) < quietUntil,
  );
  if (silent.length === 0) return { kind: 'retire' };
  const decideUntil = Math.max(...silent.map((one) => one.decidesUntil));
  const again = Math.min(Math.max(quietMs / 10, LOOK_AGAIN_SHORTEST_MS), LOOK_AGAIN_LONGEST_MS);
  return {
    kind: 'wait',
    waitsFor: [{ kind: 'verifiers', count: silent.length, decideUntil }],
    lookAt: now + Math.round(again),
  };
}
