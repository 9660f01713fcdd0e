import type { CheckRequest, Sighting } from './check-request.ts';

const SLASH = 0x2f;

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
  let authorization: Sighting;
  let origin: Sighting;
  let referer: Sighting;
  let secFetchSite: Sighting;
  let preflightMethod: Sighting;
  let iosBundleIdentifier: Sighting;
  let androidPackage: Sighting;
  let userAgent: Sighting;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = rawHeaders[at + 1] ?? '';
    // Most headers are others: their length tells, without a copy in lower case.
    switch (name.length) {
      case 6:
        if (isNamed(name, 'Origin', 'origin')) origin = sighting(origin, value);
        break;
      case 7:
        if (isNamed(name, 'Referer', 'referer')) referer = sighting(referer, value);
        break;
      case 10:
        if (isNamed(name, 'User-Agent', 'user-agent')) userAgent = sighting(userAgent, value);
        break;
      case 13:
        if (isNamed(name, 'Authorization', 'authorization')) authorization = sighting(authorization, value);
        break;
      case 14:
        if (isNamed(name, 'Sec-Fetch-Site', 'sec-fetch-site')) secFetchSite = sighting(secFetchSite, value);
        break;
      case 17:
        if (isNamed(name, 'X-Android-Package', 'x-android-package'))
          androidPackage = sighting(androidPackage, value);
        break;
      case 23:
        if (isNamed(name, 'X-Ios-Bundle-Identifier', 'x-ios-bundle-identifier'))
          iosBundleIdentifier = sighting(iosBundleIdentifier, value);
        break;
      case 29:
        if (isNamed(name, 'Access-Control-Request-Method', 'access-control-request-method'))
          preflightMethod = sighting(preflightMethod, value);
        break;
    }
  }
  const pathStart = startOfPath(target);
  const queryStart = target.indexOf('?', pathStart);
  const pathEnd = queryStart === -1 ? target.length : queryStart;
  return {
    method,
    path: pathStart === pathEnd ? '/' : target.slice(pathStart, pathEnd),
    authorization,
    queryToken: queryStart === -1 ? undefined : readQueryToken(target.slice(queryStart + 1)),
    origin,
    referer,
    secFetchSite,
    preflightMethod,
    iosBundleIdentifier,
    androidPackage,
    userAgent,
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

/** The usual spellings are recognised without a copy in lower case. */
function isNamed(name: string, usual: string, lower: string): boolean {
  return name === usual || name === lower || name.toLowerCase() === lower;
}

function sighting(seen: Sighting, value: string): Sighting {
  if (seen === undefined) return value;
  return typeof seen === 'string' ? [seen, value] : [...seen, value];
}

/** Where the path begins: absolute form (RFC 9112 §3.2.2) holds an authority before it. */
export function startOfPath(target: string): number {
  if (target.charCodeAt(0) === SLASH) return 0;
  const scheme = target.indexOf('://');
  const query = target.indexOf('?');
  if (scheme === -1 || (query !== -1 && query < scheme)) return 0;
  const slash = target.indexOf('/', scheme + 3);
  if (slash === -1 || (query !== -1 && query < slash)) return query === -1 ? target.length : query;
  return slash;
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
