import { findRestrictionGap } from '../restriction/contains-restrictions.ts';
import type { Grant } from './grant.ts';

export type GrantDimension = 'scopes' | 'resources' | 'addresses' | 'applications' | 'urls' | 'expiry';

/** `dimension` is the first in which the child is wider; `detail` says what sticks out, in words. */
export type Containment =
  | { readonly contained: true }
  | { readonly contained: false; readonly dimension: GrantDimension; readonly detail: string };

const CONTAINED: Containment = Object.freeze({ contained: true });

/**
 * Tells whether `child` can do nothing that `parent` cannot: every request that the child's token would be allowed,
 * now or at any later time, the parent's token would be allowed too. Creating, changing, rotating and temporary tokens
 * all ask this one function, so that nobody can give what they lack. Sound rather than complete: a grant that is
 * narrower only by a coincidence of two dimensions is refused.
 */
export function contains(parent: Grant, child: Grant): Containment {
  const extra = child.scopes.find((scope) => !parent.scopes.includes(scope));
  if (extra !== undefined) {
    return {
      contained: false,
      dimension: 'scopes',
      detail: `${extra} is not among the scopes of the creator`,
    };
  }
  const gap = findRestrictionGap(parent.restrictions, child.restrictions);
  if (gap !== undefined) return { contained: false, ...gap };
  const late = widensExpiry(parent, child);
  return late === undefined ? CONTAINED : { contained: false, dimension: 'expiry', detail: late };
}

function widensExpiry(parent: Grant, child: Grant): string | undefined {
  if (parent.expires === null) return undefined;
  if (child.expires === null) return 'it does not expire, and its creator does';
  return child.expires <= parent.expires ? undefined : 'it expires later than its creator';
}
