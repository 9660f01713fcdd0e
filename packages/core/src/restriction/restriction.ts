import type { AppIdentity } from './application.ts';

/**
 * A limit on where a token works, in the form in which it is stored and sent to verifiers: canonical, plain JSON.
 * Where several kinds are set all must pass, save that `urls` and `applications` are alternatives: a request with
 * browser evidence is judged by the URLs, any other by the applications.
 */
export type Restriction =
  | { readonly kind: 'urls'; readonly entries: readonly string[]; readonly strictPaths: boolean }
  | { readonly kind: 'applications'; readonly applications: readonly AppIdentity[] }
  | { readonly kind: 'addresses'; readonly ranges: readonly string[] }
  | { readonly kind: 'resources'; readonly prefixes: readonly string[] };

/** A restriction as it arrives from the network: one of a kind that this build does not know denies the token. */
export type ForeignRestriction = Restriction | { readonly kind: string };
