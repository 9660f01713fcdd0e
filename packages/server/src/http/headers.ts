/** What a page of another origin may read of an answer. */
const EXPOSED = [
  'Link',
  'X-Rate-Limit-Limit',
  'X-Rate-Limit-Interval',
  'X-Rate-Limit-Reset',
  'Retry-After',
  'WWW-Authenticate',
  'Latchkey-Revision',
  'Latchkey-Pending',
  'Preference-Applied',
  'X-Request-Id',
].join(', ');

/** On every answer of both APIs: any origin may read it, no cache may keep it, no browser may guess or frame it. */
export const API_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** On the answer to a CORS preflight. No credentials: tokens travel in the request itself, never in cookies. */
export const PREFLIGHT_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'content-type, authorization, idempotency-key, prefer',
  'access-control-max-age': '7200',
} as const;

/** On pages for people: styles stand in the page itself, and there are no scripts. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'public, max-age=60',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
