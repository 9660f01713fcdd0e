/** Headers about one connection alone (RFC 9110 §7.6.1, RFC 9112 §9), in lower case. `Proxy-*` are for the proxy that they reach. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);
const LENGTHS: ReadonlySet<number> = new Set([...HOP_BY_HOP].map(({ length }) => length));

/** @param name in any case */
export function isHopByHop(name: string): boolean {
  // Most headers are others: their length tells, without a copy in lower case.
  return LENGTHS.has(name.length) && HOP_BY_HOP.has(name.toLowerCase());
}

/** Whether a header of this length may be `Connection` is the first question about each header. */
export function isConnection(name: string): boolean {
  return name.length === 10 && name.toLowerCase() === 'connection';
}

/** What cannot be taken away, whatever `Connection` says: without them the message, or who sent it, would be another. */
const KEPT: ReadonlySet<string> = new Set([
  'authorization',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'cookie',
  'set-cookie',
  'origin',
  'referer',
  'vary',
]);

/**
 * Names that `Connection` declares to be about one connection, in lower case; undefined where there are none beside those that always
 * are. @param value of `Connection`
 */
export function namedByConnection(value: string): ReadonlySet<string> | undefined {
  if (value === 'keep-alive' || value === 'close') return undefined;
  let named: Set<string> | undefined;
  for (const option of value.split(',')) {
    const name = option.trim().toLowerCase();
    if (name === '' || name === 'close' || HOP_BY_HOP.has(name) || KEPT.has(name)) continue;
    named ??= new Set();
    named.add(name);
  }
  return named;
}
