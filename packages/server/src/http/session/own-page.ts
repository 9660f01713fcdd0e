import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/;

/**
 * Whether a request comes from a page of this server, as its browser says: in `Sec-Fetch-Site` (W3C Fetch Metadata), or where the
 * browser is older, in `Origin`. Without either nobody can tell, so it does not.
 * @param configured the origin under which browsers know this server; undefined: none is configured
 */
export function isOwnPage(headers: IncomingHttpHeaders, configured: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (configured !== undefined) return origin === configured;
  // Whoever reaches a server on their own machine may call the machine by any of its names.
  return host !== undefined && LOOPBACK.test(host) && origin === `http://${host}`;
}
