/**
 * What the dashboard's pages may do: scripts, styles and calls of this origin alone, nothing inline, nobody may frame them. Menus and
 * charts set their positions by CSSOM, which `style-src` does not forbid.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const A_YEAR_SECONDS = 31_536_000;

/** On all that belongs to the dashboard. `isHttps`: browsers know this server under an https address. */
export function dashboardHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(isHttps && { 'strict-transport-security': `max-age=${A_YEAR_SECONDS}` }),
  };
}

/** Hashed names never change; everything else is asked for again, and answered 304 where it is the same. */
export const CACHE_OF = {
  hashed: `public, max-age=${A_YEAR_SECONDS}, immutable`,
  other: 'no-cache',
} as const;
