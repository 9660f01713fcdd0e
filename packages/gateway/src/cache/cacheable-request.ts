import { readDirectives } from '../header-fields/cache-control.ts';
import { headerOf, withoutHeaders } from '../header-fields/header-list.ts';
import type { UpstreamRequest } from '../upstream/forward.ts';

/** What a cache may do with a request. */
export type CacheUse =
  /** Look for a stored answer, and store the one that comes. */
  | 'use'
  /** A request for a part, or on conditions that a stored answer cannot judge, or one that its client keeps out of caches. */
  | 'bypass'
  /** No answer to this method is stored, and it changes nothing. */
  | 'safe-method'
  /** It may change what is stored (RFC 9111 §4.4). */
  | 'unsafe-method';

const PASSED_BY = ['range', 'if-range', 'if-match', 'if-unmodified-since'];
const SAFE = new Set(['OPTIONS', 'TRACE', 'PROPFIND', 'REPORT', 'SEARCH', 'QUERY']);
const CONDITIONS = new Set(['if-none-match', 'if-modified-since']);

export function cacheUseOf({ method, body, headers }: UpstreamRequest): CacheUse {
  if (method !== 'GET' && method !== 'HEAD') return SAFE.has(method) ? 'safe-method' : 'unsafe-method';
  if (body !== undefined || PASSED_BY.some((name) => headerOf(headers, name) !== undefined)) return 'bypass';
  return readDirectives(headerOf(headers, 'cache-control')).has('no-store') ? 'bypass' : 'use';
}

/** The client wants a stored answer or none (RFC 9111 §5.2.1.7). */
export function wantsOnlyStored({ headers }: UpstreamRequest): boolean {
  return readDirectives(headerOf(headers, 'cache-control')).has('only-if-cached');
}

/** The client wants an answer no older than its question, so that it cannot share in an older one. */
export function wantsNewest({ headers }: UpstreamRequest): boolean {
  const directives = readDirectives(headerOf(headers, 'cache-control'));
  return directives.has('no-cache') || directives.has('max-age') || headerOf(headers, 'pragma') !== undefined;
}

/** The request with other conditions than its client's. */
export function askedWith(request: UpstreamRequest, validators: readonly string[]): UpstreamRequest {
  return { ...request, headers: [...withoutHeaders(request.headers, CONDITIONS), ...validators] };
}
