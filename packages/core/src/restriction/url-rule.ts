import { canonicalPath } from './canonical-path.ts';
import { hostKind } from './host.ts';
import { defaultPort, isSchemeName, readPort, sharedScheme, splitAuthority } from './origin.ts';

/** Characters of an entry, in the form in which it is typed as well as in the canonical form. */
export const URL_ENTRY_LIMIT = 255;

/** One URL entry, read. Matching uses this and never parses an entry again. */
export interface UrlRule {
  /** The canonical entry: `https://app.example.com/maps`. */
  readonly entry: string;
  /** Undefined: `http` or `https`. */
  readonly scheme: string | undefined;
  /** Lower-case ASCII, without the `*.` of a wildcard; IPv6 in brackets. */
  readonly host: string;
  /** `exact`: the host alone (IP literals, `localhost`); `tree`: it and all subdomains; `below`: its subdomains only. */
  readonly reach: 'exact' | 'tree' | 'below';
  /** `default`: the port that the request's scheme implies. */
  readonly port: number | 'default' | 'any';
  /** Canonical path prefix; undefined: any path. */
  readonly path: string | undefined;
  /**
   * The `Origin` that the entry is, letter by letter: whoever sees it has a match without reading either. Undefined where
   * the entry is no whole origin, or wants more than one.
   */
  readonly page: string | undefined;
}

/**
 * Reads an entry that is already canonical, as it is stored and sent to verifiers: `[scheme://]host[:port][path]`.
 * Undefined for anything else. It repairs nothing; `parseUrlEntry` takes what people type.
 */
export function readUrlRule(entry: string): UrlRule | undefined {
  if (entry.length > URL_ENTRY_LIMIT) return undefined;
  const colon = entry.indexOf('://');
  const scheme = colon < 0 ? undefined : sharedScheme(entry.slice(0, colon));
  if (scheme !== undefined && !isSchemeName(scheme)) return undefined;
  const start = colon < 0 ? 0 : colon + 3;
  const slash = entry.indexOf('/', start);
  const path = slash < 0 ? undefined : entry.slice(slash);
  if (path !== undefined && !isEntryPath(path)) return undefined;
  const { host: written, port: digits } = splitAuthority(
    entry.slice(start, slash < 0 ? entry.length : slash),
  );
  const isWildcard = written.startsWith('*.');
  const host = isWildcard ? written.slice(2) : written;
  const kind = hostKind(host);
  if (kind === undefined || (isWildcard && (kind !== 'name' || !host.includes('.')))) return undefined;
  const port = readEntryPort(digits, scheme, host);
  if (port === undefined) return undefined;
  const isExact = kind !== 'name' || host === 'localhost';
  const reach = isWildcard ? 'below' : isExact ? 'exact' : 'tree';
  const isOrigin = scheme !== undefined && path === undefined && !isWildcard && port !== defaultPort(scheme);
  return { entry, scheme, host, reach, port, path, page: isOrigin ? entry : undefined };
}

/** Hosts for which an entry without a port means every port: what runs there is the developer's own. */
export function hasFreePort(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

function isEntryPath(path: string): boolean {
  return path !== '/' && !path.includes('*') && canonicalPath(path) === path;
}

function readEntryPort(
  digits: string | undefined,
  scheme: string | undefined,
  host: string,
): UrlRule['port'] | undefined {
  if (digits === undefined) return hasFreePort(host) ? 'any' : 'default';
  const port = readPort(digits);
  if (port === undefined || port === 0) return undefined;
  const isImplied = scheme !== undefined && port === defaultPort(scheme) && !hasFreePort(host);
  return isImplied ? undefined : port;
}
