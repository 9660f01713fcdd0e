/** A call that makes a cache further out forget the answers to a token. */
export interface PurgeHook {
  /** `{key}` stands for the surrogate key: `https://api.cdn.example/purge/{key}`. */
  readonly url: string;
  readonly method: string;
  /** `{key}` in a value stands for the surrogate key. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same; undefined: none. */
  readonly body: string | undefined;
}

/** The request that a hook makes of a key. */
export interface PurgeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function purgeRequest({ url, method, headers, body }: PurgeHook, key: string): PurgeRequest {
  return {
    url: url.replaceAll('{key}', encodeURIComponent(key)),
    method,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{key}', key)]),
    ),
    body: body?.replaceAll('{key}', key),
  };
}
