import type { AddressRange } from './address-range.ts';
import type { AppIdentity } from './application.ts';
import type { ForeignRestriction } from './restriction.ts';
import type { UrlIndex } from './url-index.ts';

/**
 * The restrictions of one token, parsed once. A dimension that is undefined is not restricted; one that is present always
 * holds at least one rule. Where `unsupported` is set the token must be denied, whatever else is set.
 */
export interface CompiledRestrictions {
  readonly urls: UrlIndex | undefined;
  readonly applications: readonly AppIdentity[] | undefined;
  readonly addresses: readonly AddressRange[] | undefined;
  /** Canonical path prefixes. */
  readonly resources: readonly string[] | undefined;
  /** Names the restriction that this build cannot apply (unknown kind, or a known one that does not read). */
  readonly unsupported: string | undefined;
}

/** What a token without restrictions has; one shared object. */
export const NO_RESTRICTIONS: CompiledRestrictions = Object.freeze({
  urls: undefined,
  applications: undefined,
  addresses: undefined,
  resources: undefined,
  unsupported: undefined,
});

/** Reads a token's restrictions as they came from the network. Never throws; what it cannot read whole becomes `unsupported`. */
export function compileRestrictions(list: readonly ForeignRestriction[]): CompiledRestrictions {
  if (list.length === 0) return NO_RESTRICTIONS;
  return { ...NO_RESTRICTIONS, unsupported: 'not built yet' };
}
