import CachePolicy from 'http-cache-semantics';
import { readDirectives, writeDirectives } from '../header-fields/cache-control.ts';
import { headerOf } from '../header-fields/header-list.ts';

/** How long an answer may be used, and for which requests (RFC 9111 §4). */
export interface AnswerPolicy {
  /** Whether it may answer without the API being asked, as far as its age and the request's `Cache-Control` and `Pragma` go. */
  satisfies(requestHeaders: readonly string[]): boolean;
  /** Whole seconds. */
  ageSeconds(): number;
  /** Whole seconds of freshness that are left; negative: it is stale. */
  ttlSeconds(): number;
}

/** An answer that came, and when. */
export interface JudgedAnswer {
  /** The request that it answers had a token, or other credentials. */
  readonly hasCredentials: boolean;
  readonly status: number;
  /** Names and values by turns. */
  readonly headers: readonly string[];
  /** Milliseconds of the cache's clock when the request was sent. */
  readonly askedAt: number;
}

/** They allow or forbid to serve what is stale, which is never done here. */
const ABOUT_STALE = new Set([
  'must-revalidate',
  'proxy-revalidate',
  'must-understand',
  'stale-while-revalidate',
  'stale-if-error',
]);
const STALE_WISHES = new Set(['max-stale']);

/**
 * Judges whether a shared cache may store the answer to a GET request; undefined: it may not, or could never use it. Narrower than RFC 9111
 * on purpose: the answer to a request with credentials needs `public` or `s-maxage` (§3.5 would take `must-revalidate` as well, which
 * many APIs send without a thought of sharing), nothing that sets a cookie is stored, and no freshness is guessed (§4.2.2).
 * @param now milliseconds, never going back
 */
export function judgeAnswer(
  { hasCredentials, status, headers, askedAt }: JudgedAnswer,
  now: () => number,
): AnswerPolicy | undefined {
  const directives = readDirectives(headerOf(headers, 'cache-control'));
  if (hasCredentials && !directives.has('public') && !directives.has('s-maxage')) return undefined;
  if (headerOf(headers, 'set-cookie') !== undefined || headerOf(headers, 'set-cookie2') !== undefined)
    return undefined;
  if (headerOf(headers, 'vary')?.includes('*')) return undefined;

  const told: Record<string, string> = {
    'cache-control': writeDirectives(directives, ABOUT_STALE),
    age: String(initialAgeSeconds(headers, askedAt, now())),
  };
  for (const name of ['expires', 'date', 'pragma', 'etag', 'last-modified']) {
    const value = headerOf(headers, name);
    if (value !== undefined) told[name] = value;
  }
  // An empty one would not count as absent.
  if (directives.size === 0) delete told['cache-control'];
  const Policy = policyBy(now);
  const request = { method: 'GET', url: '', headers: hasCredentials ? { authorization: 'told' } : {} };
  const policy = new Policy(
    request,
    { status, headers: told },
    { cacheHeuristic: 0, immutableMinTimeToLive: 0 },
  );
  const hasValidator = told.etag !== undefined || told['last-modified'] !== undefined;
  if (!policy.storable() || (policy.maxAge() <= policy.age() && !hasValidator)) return undefined;
  return {
    satisfies(requestHeaders) {
      return policy.satisfiesWithoutRevalidation({ method: 'GET', url: '', headers: wishes(requestHeaders) });
    },
    ageSeconds: () => Math.floor(policy.age()),
    ttlSeconds: () => Math.floor(policy.maxAge() - policy.age()),
  };
}

/** What of a request's headers decides about age. */
function wishes(requestHeaders: readonly string[]): Record<string, string> {
  const told: Record<string, string> = {};
  const control = headerOf(requestHeaders, 'cache-control');
  const pragma = headerOf(requestHeaders, 'pragma');
  if (control !== undefined) {
    const directives = readDirectives(control);
    // The library would take one of this second.
    if (directives.get('max-age') === '0') told.pragma = 'no-cache';
    told['cache-control'] = writeDirectives(directives, STALE_WISHES);
  } else if (pragma !== undefined) told.pragma = pragma.toLowerCase();
  return told;
}

/** RFC 9111 §4.2.3, the time that the answer took included. */
function initialAgeSeconds(headers: readonly string[], askedAt: number, now: number): number {
  const told = (headerOf(headers, 'age') ?? '').split(',').map((age) => Number.parseInt(age, 10));
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  const apparent = Number.isNaN(date) ? 0 : (now - date) / 1000;
  const onTheWay = Math.max(0, ...told.filter((age) => age > 0)) + (now - askedAt) / 1000;
  return Math.max(0, Math.floor(apparent), Math.floor(onTheWay));
}

const policies = new WeakMap<() => number, typeof CachePolicy>();

/** The library's policy by another clock than the system's. */
function policyBy(now: () => number): typeof CachePolicy {
  const known = policies.get(now);
  if (known !== undefined) return known;
  class ClockedPolicy extends CachePolicy {
    now(): number {
      return now();
    }
  }
  policies.set(now, ClockedPolicy);
  return ClockedPolicy;
}
