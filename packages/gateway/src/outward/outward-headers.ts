import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/guard';
import { type Directives, readDirectives } from '../header-fields/cache-control.ts';
import { headerOf, withoutHeaders } from '../header-fields/header-list.ts';
import { accountKey, tokenKey } from './surrogate-key.ts';

/** What caches beyond the gateway may do with answers to requests that had a token. */
export interface OutwardRules {
  /**
   * True: answers that the API calls public may be kept by shared caches further out, a CDN say, which then serve them without asking. For
   * those that are purged when a token is revoked.
   */
  readonly shared: boolean;
  /** How long a browser may use its own copy without asking; 0: it asks each time. */
  readonly browserSeconds: number;
}

/** Headers that say the same to one kind of cache or another, and would go before what is said here. */
const REPLACED: ReadonlySet<string> = new Set([
  'cache-control',
  'expires',
  'pragma',
  'vary',
  'surrogate-key',
  'surrogate-control',
  'cdn-cache-control',
  'cloudflare-cdn-cache-control',
  'vercel-cdn-cache-control',
  'netlify-cdn-cache-control',
  'akamai-cache-control',
  'edge-control',
  'x-accel-expires',
]);
const OF_PAGES = ['Origin', 'Referer', 'Sec-Fetch-Site'];
const OF_APPLICATIONS = ['X-Ios-Bundle-Identifier', 'X-Android-Package'];

/**
 * The headers of an answer to a request with a token, as caches beyond the gateway may see them. `no-store` stays. Otherwise a browser may keep
 * a copy and has to ask each time, or for as long as the rules and the token's end allow; a shared cache may keep none, or, where the rules say
 * so, what the API calls public, apart for each token and for each page that the token looks at. `Surrogate-Key` tells whose answer it is.
 * @param headers names and values by turns
 * @param now unix milliseconds
 */
export function outwardHeaders(
  headers: readonly string[],
  identity: LatchkeyIdentity,
  rules: OutwardRules,
  now: number,
): string[] {
  const told = readDirectives(headerOf(headers, 'cache-control'));
  const isShared = rules.shared && mayBeShared(told, identity);
  const answer = withoutHeaders(headers, REPLACED);
  answer.push('Cache-Control', outwardControl(told, headers, identity, rules, isShared, now));
  const vary = varyOf(headerOf(headers, 'vary'), identity, isShared);
  if (vary !== '') answer.push('Vary', vary);
  const keys = [
    headerOf(headers, 'surrogate-key') ?? '',
    tokenKey(identity.tokenId),
    accountKey(identity.account),
  ];
  answer.push('Surrogate-Key', keys.filter((key) => key !== '').join(' '));
  return answer;
}

function outwardControl(
  told: Directives,
  headers: readonly string[],
  identity: LatchkeyIdentity,
  rules: OutwardRules,
  isShared: boolean,
  now: number,
): string {
  if (told.has('no-store')) return 'no-store';
  const kept = told.has('no-transform') ? ', no-transform' : '';
  // A cache subtracts the age that the answer comes with.
  const age = Math.max(0, Number.parseInt(headerOf(headers, 'age') ?? '0', 10) || 0);
  const untilEnd = Math.max(0, Math.floor((identity.expires - now) / 1000)) + age;
  const fresh = told.has('no-cache') ? 0 : Number(told.get('max-age') ?? 0);
  const inBrowser =
    rules.browserSeconds === 0 || fresh === 0 ? 0 : Math.min(fresh, rules.browserSeconds + age, untilEnd);
  if (!isShared) return inBrowser === 0 ? `private, no-cache${kept}` : `private, max-age=${inBrowser}${kept}`;
  const inShared = Math.min(Number(told.get('s-maxage') ?? fresh), untilEnd);
  return `public, max-age=${inBrowser}, s-maxage=${inShared}, must-revalidate${kept}`;
}

/** An address stands in no header that a cache could keep answers apart by. */
function mayBeShared(told: Directives, { restrictedTo }: LatchkeyIdentity): boolean {
  if (restrictedTo.addresses || told.has('private') || told.has('no-cache')) return false;
  return told.has('public') || told.has('s-maxage');
}

function varyOf(told: string | undefined, { restrictedTo }: LatchkeyIdentity, isShared: boolean): string {
  if (told?.trim() === '*') return '*';
  const names = new Map((told ?? '').split(',').map((name) => [name.trim().toLowerCase(), name.trim()]));
  names.delete('');
  const own = [
    ...(isShared ? ['Authorization'] : []),
    ...(restrictedTo.urls ? OF_PAGES : []),
    ...(restrictedTo.applications ? OF_APPLICATIONS : []),
  ];
  for (const name of own) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()].join(', ');
}
