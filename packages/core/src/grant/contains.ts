import { findRestrictionGap, restrictionDimensions } from '../restriction/contains-restrictions.ts';
import type { Grant } from './grant.ts';

export type GrantDimension = 'scopes' | 'resources' | 'addresses' | 'applications' | 'urls' | 'expiry';

/** `dimension` is the first in which the child is wider; `detail` says what sticks out, in words. */
export type Containment = Contained | NotContained;

export interface Contained {
  readonly contained: true;
}

export interface NotContained {
  readonly contained: false;
  readonly dimension: GrantDimension;
  readonly detail: string;
}

const CONTAINED: Contained = Object.freeze({ contained: true });

/** In the order in which they are told. */
export const grantDimensions: readonly GrantDimension[] = Object.freeze([
  'scopes',
  'resources',
  'addresses',
  'applications',
  'urls',
  'expiry',
]);

/**
 * Tells whether `child` can do nothing that `parent` cannot: every request that the child's token would be allowed,
 * now or at any later time, the parent's token would be allowed too. Creating, changing, rotating and temporary tokens
 * all ask this one function, so that nobody can give what they lack. Sound rather than complete: where only several
 * parts of the parent together cover a part of the child, the answer is no. A restriction that cannot be read is never contained.
 */
export function contains(parent: Grant, child: Grant): Containment {
  return containsIn(grantDimensions, parent, child);
}

/** {@link contains} over some dimensions only: for the tests, which show that each one is needed. */
export function containsIn(dimensions: readonly GrantDimension[], parent: Grant, child: Grant): Containment {
  return (
    (dimensions.includes('scopes') ? findExtraScope(parent, child) : undefined) ??
    findRestrictions(dimensions, parent, child) ??
    (dimensions.includes('expiry') ? findLaterExpiry(parent, child) : undefined) ??
    CONTAINED
  );
}

function findExtraScope(parent: Grant, child: Grant): NotContained | undefined {
  const extra = child.scopes.find((scope) => !parent.scopes.includes(scope));
  return extra === undefined ? undefined : wider('scopes', `The granting token lacks the scope ${extra}.`);
}

function findRestrictions(
  dimensions: readonly GrantDimension[],
  parent: Grant,
  child: Grant,
): NotContained | undefined {
  const asked = restrictionDimensions.filter(({ name }) => dimensions.includes(name));
  const gap = findRestrictionGap(parent.restrictions, child.restrictions, asked);
  return gap === undefined ? undefined : wider(gap.dimension, gap.detail);
}

function findLaterExpiry(parent: Grant, child: Grant): NotContained | undefined {
  if (parent.expires === null) return undefined;
  if (child.expires === null) return wider('expiry', 'It would never expire; the granting token does.');
  if (child.expires <= parent.expires) return undefined;
  return wider('expiry', 'It would expire later than the granting token.');
}

function wider(dimension: GrantDimension, detail: string): NotContained {
  return { contained: false, dimension, detail };
}
