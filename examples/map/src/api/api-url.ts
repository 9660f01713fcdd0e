import type { Context } from 'hono';

/**
 * Makes URLs of this API for documents that clients follow by themselves (styles, TileJSON). A token that came in the
 * query goes on in the query, as map libraries expect; one that came in a header was kept out of URLs on purpose, and
 * its client sends the header again.
 *
 * @param base this API's public origin, without a trailing slash
 */
export function urlsFor(c: Context, base: string): (path: string) => string {
  const token = c.req.query('access_token');
  const query = token === undefined ? '' : `?access_token=${encodeURIComponent(token)}`;
  return (path) => `${base}${path}${query}`;
}
