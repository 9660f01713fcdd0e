import type { IncomingMessage } from 'node:http';
import type { CheckRequest, Sighting } from '@latchkey/core';

const FIELDS = {
  authorization: 'authorization',
  origin: 'origin',
  referer: 'referer',
  'sec-fetch-site': 'secFetchSite',
  'access-control-request-method': 'preflightMethod',
  'x-ios-bundle-identifier': 'iosBundleIdentifier',
  'x-android-package': 'androidPackage',
  'user-agent': 'userAgent',
} as const;

type HeaderField = (typeof FIELDS)[keyof typeof FIELDS];

/**
 * Reads what the decision looks at from Node's own request. Raw headers are used, because the parsed ones drop a second
 * `Authorization` or `Referer` without a word.
 *
 * @param address the peer's address, or the forwarded one behind a trusted proxy
 */
export function readCheckRequest(incoming: IncomingMessage, address: string | undefined): CheckRequest {
  const seen: Record<HeaderField, Sighting> = {
    authorization: undefined,
    origin: undefined,
    referer: undefined,
    secFetchSite: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
  };
  const { rawHeaders } = incoming;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (!isField(name)) continue;
    seen[FIELDS[name]] = sightAlso(seen[FIELDS[name]], rawHeaders[at + 1] ?? '');
  }
  const { path, query } = splitTarget(incoming.url ?? '/');
  return {
    method: incoming.method ?? 'GET',
    path,
    queryToken: readQueryToken(query),
    address,
    ...seen,
  };
}

function isField(name: string): name is keyof typeof FIELDS {
  return Object.hasOwn(FIELDS, name);
}

function sightAlso(before: Sighting, value: string): Sighting {
  if (before === undefined) return value;
  return typeof before === 'string' ? [before, value] : [...before, value];
}

/** Splits a request target; of the absolute form (RFC 9112 §3.2.2) the origin is dropped. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const relative = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const mark = relative.indexOf('?');
  const path = mark === -1 ? relative : relative.slice(0, mark);
  return { path: path === '' ? '/' : path, query: mark === -1 ? '' : relative.slice(mark + 1) };
}

function readQueryToken(query: string): Sighting {
  // Names may be percent-encoded, so only a query without any `=` surely has no token.
  if (query === '') return undefined;
  const values = new URLSearchParams(query).getAll('access_token');
  return values.length > 1 ? values : values[0];
}
