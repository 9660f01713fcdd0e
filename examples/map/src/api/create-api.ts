import type { RouteTable } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import { latchkeyHono } from '@latchkey/verifier/middleware/hono';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Tileset } from '../tiles/tileset.ts';
import type { UploadShelf } from '../uploads/upload-shelf.ts';
import { fontRoutes, type GlyphSource } from './font-routes.ts';
import { gatewayIdentity } from './gateway-identity.ts';
import type { MapEnv } from './map-env.ts';
import { refuse } from './refusal.ts';
import { styleRoutes } from './style-routes.ts';
import { tileRoutes } from './tile-routes.ts';
import { uploadRoutes } from './upload-routes.ts';

export interface ApiParts {
  /** Judges tokens in this process by the server's table: a request that has no route in it is answered 404. Undefined: a gateway does so. */
  readonly check: { readonly verifier: Pick<Verifier, 'verify'>; readonly routes: RouteTable } | undefined;
  /** This API's public origin, without a trailing slash. */
  readonly baseUrl: string;
  readonly world: Tileset;
  readonly glyphs: GlyphSource;
  readonly uploads: UploadShelf;
  /** Told of a failure that its request was answered 500 for. */
  readonly reportFailure: (error: Error) => void;
}

/** The maps API. Pages of any origin may call it: which of them a token serves is the token's own restriction. */
export function createApi(parts: ApiParts): Hono<MapEnv> {
  const { check, baseUrl, world, glyphs, uploads, reportFailure } = parts;
  const isBehindGateway = check === undefined;
  const api = new Hono<MapEnv>();
  api.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'DELETE'],
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['ETag', 'WWW-Authenticate', 'Retry-After'],
      maxAge: 600,
    }),
  );
  if (check === undefined) api.use(gatewayIdentity);
  else {
    const { verifier, routes } = check;
    api.use(latchkeyHono(verifier, { requires: routes, publicOrigin: new URL(baseUrl).origin }));
  }
  // Revalidated each time: a map that is already drawn learns of a revoked token with its next request.
  api.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'private, no-cache');
  });
  api.route('/styles/v1', styleRoutes({ baseUrl, uploads }));
  api.route('/v4', tileRoutes({ baseUrl, world, uploads, isBehindGateway }));
  api.route('/fonts/v1', fontRoutes(glyphs, isBehindGateway));
  api.route('/uploads/v1', uploadRoutes(uploads));
  api.notFound((c) => refuse(c, 'not_found', `This API has no ${c.req.method} ${c.req.path}.`));
  api.onError((error, c) => {
    reportFailure(error);
    return c.json({ message: 'Internal Server Error', code: 'internal' }, 500);
  });
  return api;
}
