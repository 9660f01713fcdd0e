import { hostKind, isPlainNumber } from './host.ts';

/** An origin, read. `port` is the one in force, the scheme's default included; -1 where scheme and text name none. */
export interface Origin {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

/** Longer than any canonical origin with a scheme of usual length: what is longer is not looked at. */
export const ORIGIN_LIMIT = 300;

/**
 * Reads text that is byte for byte the serialisation of an origin: `scheme://host[:port]`, lower case, no default port,
 * no path. Undefined for anything else. A host with one dot at its end is canonical too (it is another host).
 */
export function readOrigin(text: string): Origin | undefined {
  if (text.length > ORIGIN_LIMIT) return undefined;
  const colon = text.indexOf('://');
  const scheme = sharedScheme(text.slice(0, Math.max(colon, 0)));
  return isSchemeName(scheme) ? readAuthority(scheme, text.slice(colon + 3), false) : undefined;
}

/** A `Referer`, read as far as evidence goes. */
export interface Referer {
  readonly origin: Origin;
  /** As sent, still encoded, without query; empty where the URL ends after its host. */
  readonly path: string;
}

/**
 * Reads an absolute `http` or `https` URL without userinfo. Unlike an `Origin` it may have capitals in scheme and host and
 * a default port. Characters that URL parsers drop, map or decode in a host are refused, never repaired.
 * Only the authority and the path are read, however long the rest.
 */
export function readReferer(text: string): Referer | undefined {
  const colon = text.indexOf(':');
  if (colon !== 4 && colon !== 5) return undefined;
  const scheme = sharedScheme(text.slice(0, colon).toLowerCase());
  if ((scheme !== 'http' && scheme !== 'https') || !text.startsWith('//', colon + 1)) return undefined;
  const start = colon + 3;
  const end = authorityEnd(text, start);
  if (end - start > ORIGIN_LIMIT || text.charCodeAt(end) === 0x23 || text.includes(' ')) return undefined;
  const authority = text.slice(start, end);
  // Only ASCII: lower-casing would turn the Kelvin sign into a plain k.
  if (!isAscii(authority)) return undefined;
  const origin = readAuthority(scheme, authority.toLowerCase(), true);
  return origin === undefined ? undefined : { origin, path: pathFrom(text, end) };
}

export function isSameOrigin(one: Origin, other: Origin): boolean {
  return one.host === other.host && one.scheme === other.scheme && one.port === other.port;
}

/** The serialisation of an origin. */
export function formatOrigin(origin: Origin): string {
  const port = origin.port === defaultPort(origin.scheme) ? '' : `:${origin.port}`;
  return `${origin.scheme}://${origin.host}${port}`;
}

/** The port that a scheme implies; -1 for schemes that imply none. */
export function defaultPort(scheme: string): number {
  if (scheme === 'https') return 443;
  return scheme === 'http' ? 80 : -1;
}

/** The scheme itself; those of the web as one string for all, so that a hundred comparisons are of identity. */
export function sharedScheme(scheme: string): string {
  if (scheme === 'https') return 'https';
  return scheme === 'http' ? 'http' : scheme;
}

/** Reads a port as it is serialised: decimal, no leading zero, at most 65535. */
export function readPort(digits: string): number | undefined {
  return isPlainNumber(digits) && Number(digits) <= 65535 ? Number(digits) : undefined;
}

/** True for a lower-case URL scheme (RFC 3986, section 3.1). */
export function isSchemeName(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = code >= 0x61 && code <= 0x7a;
    const isOther = (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e;
    if (!isLetter && (at === 0 || !isOther)) return false;
  }
  return text.length > 0;
}

/** Cuts `host[:port]`; the port is undefined where there is no colon. Brackets of an IPv6 literal stay with the host. */
export function splitAuthority(authority: string): {
  readonly host: string;
  readonly port: string | undefined;
} {
  const bracket = authority.startsWith('[') ? authority.indexOf(']') : 0;
  const colon = bracket < 0 ? -1 : authority.indexOf(':', bracket);
  return colon < 0
    ? { host: authority, port: undefined }
    : { host: authority.slice(0, colon), port: authority.slice(colon + 1) };
}

function readAuthority(scheme: string, authority: string, mayNameDefaultPort: boolean): Origin | undefined {
  const { host, port: digits } = splitAuthority(authority);
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  const kind = hostKind(name);
  if (kind === undefined || (kind !== 'name' && name !== host)) return undefined;
  if (digits === undefined) return { scheme, host, port: defaultPort(scheme) };
  const port = readPort(digits);
  if (port === undefined || (port === defaultPort(scheme) && !mayNameDefaultPort)) return undefined;
  return { scheme, host, port };
}

/** Where `/`, `?` or `#` ends the authority; looks no further than an authority can be long. */
function authorityEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + ORIGIN_LIMIT + 1);
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2f || code === 0x3f || code === 0x23) return at;
  }
  return limit;
}

function pathFrom(text: string, start: number): string {
  const query = text.indexOf('?', start);
  const fragment = text.indexOf('#', start);
  const end = query < 0 ? fragment : fragment < 0 ? query : Math.min(query, fragment);
  return text.slice(start, end < 0 ? text.length : end);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
