/** Where one server's feed is. */
export interface FeedAddress {
  readonly stream: (cursor: string | undefined) => URL;
  readonly snapshot: (atLeast: string | undefined) => URL;
  readonly acks: URL;
  /** @param sentAt unix milliseconds by the verifier's clock, which the server compares with its own */
  readonly usage: (sentAt: number) => URL;
}

/**
 * @param base the server's address, with or without a path: `https://tokens.example.com`
 * @throws TypeError where `base` is no http(s) URL
 */
export function feedAddress(
  base: string,
  about: {
    readonly name: string | undefined;
    readonly version: string;
    /** Names this replica through its restarts, as far as it outlives them. */
    readonly instance: () => string;
    /** Names this process. */
    readonly process: string;
  },
): FeedAddress {
  const root = new URL(base.endsWith('/') ? base : `${base}/`);
  if (root.protocol !== 'http:' && root.protocol !== 'https:') {
    throw new TypeError('the url of a verifier must begin with http:// or https://');
  }
  return {
    stream(cursor) {
      const url = new URL('v1/feed', root);
      if (cursor !== undefined) url.searchParams.set('cursor', cursor);
      if (about.name !== undefined) url.searchParams.set('name', about.name);
      url.searchParams.set('version', about.version);
      url.searchParams.set('instance', about.instance());
      url.searchParams.set('process', about.process);
      // Bounds of scopes are kept here, so that receipts may count on them.
      url.searchParams.set('bounds', 'scopes');
      return url;
    },
    snapshot(atLeast) {
      const url = new URL('v1/feed/snapshot', root);
      if (atLeast !== undefined) url.searchParams.set('atLeast', atLeast);
      return url;
    },
    acks: new URL('v1/feed/acks', root),
    usage(sentAt) {
      const url = new URL('v1/usage/batches', root);
      url.searchParams.set('sentAt', String(sentAt));
      return url;
    },
  };
}
