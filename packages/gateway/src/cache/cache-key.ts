import { hash } from 'node:crypto';
import { headerOf } from '../header-fields/header-list.ts';
import type { UpstreamRequest } from '../upstream/forward.ts';

/** Where a stored answer is found. Neither part holds a token: it is gone from target and headers before. */
export interface CacheKey {
  /** What an unsafe request makes invalid as a whole: the API and the target, byte for byte. */
  readonly resource: string;
  /** Every header that could change an answer without the answer telling so by `Vary`; a digest where they are long or may hold secrets. */
  readonly context: string;
}

/**
 * Request headers that are in no key. An answer may depend on them where its `Vary` says so (content negotiation, `Origin`, identity), or
 * they are about the connection, the caches or tracing.
 */
const UNKEYED: ReadonlySet<string> = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'baggage',
  'cache-control',
  'cf-ray',
  'connection',
  'content-length',
  'dnt',
  'if-modified-since',
  'if-none-match',
  'origin',
  'pragma',
  'priority',
  'referer',
  'save-data',
  'sentry-trace',
  'traceparent',
  'tracestate',
  'upgrade-insecure-requests',
  'user-agent',
  'via',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-request-id',
  'x-correlation-id',
]);
const UNKEYED_PREFIXES = ['sec-', 'latchkey-', 'x-b3-', 'x-datadog-'];

/**
 * The key of a request. A header that is not known to be harmless is part of it, with its value: whoever sends `X-Forwarded-Host`,
 * `X-Original-URL` or a cookie gets answers of their own and changes nobody else's. `Host` and what the gateway says of it are part too.
 * @param ignored further names that are in no key, in lower case
 */
export function cacheKey(
  { origin, target, headers }: UpstreamRequest,
  ignored: ReadonlySet<string>,
): CacheKey {
  let keyed = '';
  let mayHoldSecrets = false;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const kind = kindOf(headers[at] ?? '');
    if (kind === 'unkeyed' || ignored.has(kind.name)) continue;
    keyed += `${kind.name}:${headers[at + 1] ?? ''}\n`;
    mayHoldSecrets ||= !kind.isOfHost;
  }
  const context = mayHoldSecrets || keyed.length > LONGEST_CONTEXT ? hash('sha256', keyed, 'base64') : keyed;
  return { resource: `${origin}${target}`, context };
}

const LONGEST_CONTEXT = 200;
/** Known to hold no secret, and in nearly every request. */
const OF_HOST: ReadonlySet<string> = new Set(['host', 'x-forwarded-host', 'x-forwarded-proto']);

/** A header that is part of the key; its name in lower case. */
type Kind = 'unkeyed' | { readonly name: string; readonly isOfHost: boolean };

/** Clients make names up; so many are remembered and no more. */
const REMEMBERED_LIMIT = 1_000;
const LONGEST_REMEMBERED = 64;
const remembered = new Map<string, Kind>();

function kindOf(written: string): Kind {
  const known = remembered.get(written);
  if (known !== undefined) return known;
  const name = written.toLowerCase();
  const isUnkeyed = UNKEYED.has(name) || UNKEYED_PREFIXES.some((prefix) => name.startsWith(prefix));
  const kind = isUnkeyed ? 'unkeyed' : { name, isOfHost: OF_HOST.has(name) };
  if (remembered.size < REMEMBERED_LIMIT && written.length <= LONGEST_REMEMBERED)
    remembered.set(written, kind);
  return kind;
}

/** The request headers that an answer's `Vary` names, with their values: a later request must have the same. Names in lower case. */
export type Variant = readonly (readonly [name: string, value: string | undefined])[];

export function variantOf(vary: string | undefined, requestHeaders: readonly string[]): Variant {
  const names = new Set(
    (vary ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((name) => name !== ''),
  );
  return [...names].sort().map((name) => [name, digestOf(headerOf(requestHeaders, name))]);
}

export function isVariant(variant: Variant, requestHeaders: readonly string[]): boolean {
  return variant.every(([name, value]) => digestOf(headerOf(requestHeaders, name)) === value);
}

/** Neither long values nor the secrets that may stand in them are kept. */
function digestOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : hash('sha256', value, 'base64');
}
