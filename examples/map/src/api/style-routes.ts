import { Hono } from 'hono';
import { isStyleId, mapStyle, STYLES } from '../styles/map-style.ts';
import { tilesetIdOf } from '../uploads/upload.ts';
import type { UploadShelf } from '../uploads/upload-shelf.ts';
import { urlsFor } from './api-url.ts';
import type { MapEnv } from './map-env.ts';
import { ownAccountOnly } from './own-account.ts';
import { refuse } from './refusal.ts';
import { revalidate } from './revalidate.ts';

/** `GET /{account}`: the account's styles. `GET /{account}/{style}`: one as a style document. */
export function styleRoutes(parts: {
  readonly baseUrl: string;
  readonly uploads: UploadShelf;
}): Hono<MapEnv> {
  const routes = new Hono<MapEnv>();
  routes.use(revalidate);
  routes.get('/:account', ownAccountOnly, (c) => {
    const urlOf = urlsFor(c, parts.baseUrl);
    const { account } = c.var.latchkey;
    return c.json(
      Object.entries(STYLES).map(([id, { name }]) => ({
        id,
        name,
        owner: account,
        version: 8,
        url: urlOf(`/styles/v1/${account}/${id}`),
      })),
    );
  });
  routes.get('/:account/:style', ownAccountOnly, (c) => {
    const { account } = c.var.latchkey;
    const id = c.req.param('style');
    if (!isStyleId(id)) {
      return refuse(c, 'not_found', `No style "${id}": there are ${Object.keys(STYLES).join(' and ')}.`);
    }
    const ready = parts.uploads.list(account).filter(({ progress }) => progress.state === 'ready');
    const uploads = ready.map(({ record }) => tilesetIdOf(record));
    return c.json(mapStyle({ id, account, uploads, urlOf: urlsFor(c, parts.baseUrl) }));
  });
  return routes;
}
