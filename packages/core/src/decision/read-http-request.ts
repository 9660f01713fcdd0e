import type { CheckRequest, Sighting } from './check-request.ts';

/** In lower case. */
const WANTED = [
  'authorization',
  'origin',
  'referer',
  'sec-fetch-site',
  'access-control-request-method',
  'x-ios-bundle-identifier',
  'x-android-package',
  'user-agent',
] as const;
const WANTED_LENGTHS: ReadonlySet<number> = new Set(WANTED.map(({ length }) => length));

type SeenHeaders = Record<(typeof WANTED)[number], Sighting>;

/**
 * Reads an HTTP request as the decision sees it.
 *
 * @param target the request target as it was sent: `/styles/v1/acme?fresh=true`, or in absolute form
 * @param rawHeaders names and values by turns, as in Node's `rawHeaders`: every repeat must still be there
 * @param address the peer's address, or the one that a trusted proxy forwarded
 */
export function readHttpRequest(
  method: string,
  target: string,
  rawHeaders: readonly string[],
  address: string | undefined,
): CheckRequest {
  const seen: SeenHeaders = {
    authorization: undefined,
    origin: undefined,
    referer: undefined,
    'sec-fetch-site': undefined,
    'access-control-request-method': undefined,
    'x-ios-bundle-identifier': undefined,
    'x-android-package': undefined,
    'user-agent': undefined,
  };
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const written = rawHeaders[at] ?? '';
    // Most headers are others: their length tells, without a copy in lower case.
    if (!WANTED_LENGTHS.has(written.length)) continue;
    const name = written.toLowerCase();
    if (isWanted(seen, name)) seen[name] = sighting(seen[name], rawHeaders[at + 1] ?? '');
  }
  const pathStart = startOfPath(target);
  const queryStart = target.indexOf('?', pathStart);
  return {
    method,
    path: target.slice(pathStart, queryStart === -1 ? undefined : queryStart) || '/',
    authorization: seen.authorization,
    queryToken: queryStart === -1 ? undefined : readQueryToken(target.slice(queryStart + 1)),
    origin: seen.origin,
    referer: seen.referer,
    secFetchSite: seen['sec-fetch-site'],
    preflightMethod: seen['access-control-request-method'],
    iosBundleIdentifier: seen['x-ios-bundle-identifier'],
    androidPackage: seen['x-android-package'],
    userAgent: seen['user-agent'],
    address,
  };
}

/** Values of `access_token` in a query (without `?`), decoded as forms are: names count however they are encoded. */
export function readQueryToken(query: string): Sighting {
  let seen: Sighting;
  let start = 0;
  while (start <= query.length) {
    const next = query.indexOf('&', start);
    const end = next === -1 ? query.length : next;
    const equals = query.indexOf('=', start);
    const nameEnd = equals === -1 || equals > end ? end : equals;
    if (isTokenName(query.slice(start, nameEnd))) {
      seen = sighting(seen, decode(query.slice(nameEnd + 1, end)));
    }
    start = end + 1;
  }
  return seen;
}

/** Whether a parameter's name, as it stands in a query, is `access_token`. */
export function isTokenName(written: string): boolean {
  return decode(written) === 'access_token';
}

function isWanted(seen: SeenHeaders, name: string): name is keyof SeenHeaders {
  return Object.hasOwn(seen, name);
}

function sighting(seen: Sighting, value: string): Sighting {
  if (seen === undefined) return value;
  return typeof seen === 'string' ? [seen, value] : [...seen, value];
}

/** Where the path begins: absolute form (RFC 9112 §3.2.2) holds an authority before it. */
export function startOfPath(target: string): number {
  if (target.startsWith('/')) return 0;
  const authority = target.indexOf('://');
  if (authority === -1 || target.slice(0, authority).includes('?')) return 0;
  const path = target.slice(authority + 3).search(/[/?]/);
  return path === -1 ? target.length : authority + 3 + path;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
