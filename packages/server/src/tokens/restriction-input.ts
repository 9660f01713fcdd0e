import type { AppIdentity } from '@latchkey/core';

/** Restrictions as a caller sends them: `undefined` is "not sent", `null` lifts. An empty list is refused: it would say "nowhere" or "everywhere", nobody knows which. */
export interface RestrictionInput {
  readonly allowedUrls?: readonly string[] | null | undefined;
  /** Needs a URL restriction, of this input or of the token. */
  readonly strictPaths?: boolean | undefined;
  readonly allowedApplications?: readonly AppIdentity[] | null | undefined;
  readonly allowedAddresses?: readonly string[] | null | undefined;
  readonly resources?: readonly string[] | null | undefined;
}
