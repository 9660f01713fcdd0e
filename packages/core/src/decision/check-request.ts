/** What was seen of one header or parameter: absent, once, or every value in order where it was repeated. */
export type Sighting = string | undefined | readonly string[];

/**
 * A request as the decision sees it; every adapter turns its own kind of request into this. All fields are always
 * present, so that every request has the same shape in memory.
 */
export interface CheckRequest {
  readonly method: string;
  /** Path as the API will see it, still encoded, without query: `/styles/v1/acme/streets`. */
  readonly path: string;
  readonly authorization: Sighting;
  /** Values of `access_token` in the query, percent-decoded. */
  readonly queryToken: Sighting;
  readonly origin: Sighting;
  readonly referer: Sighting;
  readonly secFetchSite: Sighting;
  /** `Access-Control-Request-Method`: with `OPTIONS` it marks a CORS preflight. */
  readonly preflightMethod: Sighting;
  readonly iosBundleIdentifier: Sighting;
  readonly androidPackage: Sighting;
  /** Decides nothing; usage is told apart by it. */
  readonly userAgent: Sighting;
  /** The peer's address, or the forwarded one where the peer is a trusted proxy; undefined where unknown. */
  readonly address: string | undefined;
}
