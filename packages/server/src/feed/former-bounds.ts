import type { StalenessBounds } from '@latchkey/wire/feed';
import type { FormerBounds, VerifierRow } from '../store/rows.ts';

/**
 * By which bounds a verifier may still go on that is now told others: it may be cut off before it hears of them, or go on
 * from a copy on disk that is older. Null where they let it go on no longer than the new ones.
 *
 * @param ackedBefore no ack of it was answered after this time
 */
export function formerBounds(
  { staleness, former }: Pick<VerifierRow, 'staleness' | 'former'>,
  ackedBefore: number,
  next: StalenessBounds,
): FormerBounds | null {
  const isOver = former === null || isCovered(former.staleness, next);
  if (isCovered(staleness, next)) return isOver ? null : former;
  return isOver
    ? { staleness, ackedBefore }
    : { staleness: longer(staleness, former.staleness), ackedBefore };
}

/** Every token is served as long by `next`, at the same time of its last ack. */
function isCovered(bounds: StalenessBounds, next: StalenessBounds): boolean {
  const all = longer(bounds, next);
  return (
    all.secret === next.secret &&
    all.temporary === next.temporary &&
    all.public === next.public &&
    Object.entries(next.scopes ?? {}).every(([scope, seconds]) => all.scopes?.[scope] === seconds)
  );
}

/** Bounds that are nowhere below either. */
function longer(a: StalenessBounds, b: StalenessBounds): StalenessBounds {
  const scopes: Record<string, number> = {};
  for (const [scope, seconds] of Object.entries(a.scopes ?? {})) {
    const other = b.scopes?.[scope];
    if (other !== undefined) scopes[scope] = Math.max(seconds, other);
  }
  return {
    secret: Math.max(a.secret, b.secret),
    temporary: Math.max(a.temporary, b.temporary),
    public: Math.max(a.public, b.public),
    scopes,
  };
}
