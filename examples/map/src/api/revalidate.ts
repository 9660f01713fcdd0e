import { etag, RETAINED_304_HEADERS } from 'hono/etag';

/** Answers 304 where the client has the same already. A page may read that answer too, so it keeps its CORS headers. */
export const revalidate = etag({
  retainedHeaders: [...RETAINED_304_HEADERS, 'access-control-allow-origin', 'access-control-expose-headers'],
});
