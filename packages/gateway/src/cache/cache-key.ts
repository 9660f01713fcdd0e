import { hash } from 'node:crypto';
import { headerOf } from '../header-fields/header-list.ts';
import type { UpstreamRequest } from '../upstream/forward.ts';

/** Where a stored answer is found. Neither part holds a token: it is gone from target and headers before. */
export interface CacheKey {
  /** What an unsafe request makes invalid as a whole: the API and the target, byte for byte. */
  readonly resource: string;
  /** A digest of every header that could change an answer without the answer telling so by `Vary`. */
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
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    if (UNKEYED.has(name) || ignored.has(name)) continue;
    if (UNKEYED_PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
    keyed += `${name}:${headers[at + 1] ?? ''}\n`;
  }
  return { resource: `${origin}${target}`, context: keyed === '' ? '' : hash('sha256', keyed, 'base64') };
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
