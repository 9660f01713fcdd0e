import type { Restriction } from './restriction.ts';

/** What a child would admit beyond its parent. */
export interface RestrictionGap {
  readonly dimension: 'resources' | 'addresses' | 'applications' | 'urls';
  readonly detail: string;
}

/**
 * Compares the restrictions of a token with those of the one that it is made by. Undefined: every request that `child`
 * admits, `parent` admits too. Where a list cannot be read, it counts as not contained.
 */
export function findRestrictionGap(
  _parent: readonly Restriction[],
  _child: readonly Restriction[],
): RestrictionGap | undefined {
  return { dimension: 'urls', detail: 'not built yet' };
}
