import { type Context, Hono } from 'hono';
import { parseTileAddress } from '../tiles/tile-address.ts';
import type { Tileset } from '../tiles/tileset.ts';
import type { UploadShelf } from '../uploads/upload-shelf.ts';
import { urlsFor } from './api-url.ts';
import type { MapEnv } from './map-env.ts';
import { refuse } from './refusal.ts';
import { revalidate } from './revalidate.ts';
import { sharedAnswer } from './shared-answer.ts';

export interface TileParts {
  readonly baseUrl: string;
  readonly world: Tileset;
  readonly uploads: UploadShelf;
  readonly isBehindGateway: boolean;
}

/**
 * `GET /{tileset}.json`: TileJSON 3.0. `GET /{tileset}/{z}/{x}/{y}.vector.pbf`: a vector tile, 204 where nothing is.
 * Tilesets are the world and the account's own uploads (`{account}.{upload}`).
 */
export function tileRoutes({ baseUrl, world, uploads, isBehindGateway }: TileParts): Hono<MapEnv> {
  const routes = new Hono<MapEnv>();
  routes.use(revalidate);
  /** The world is everybody's; an upload is its account's. */
  const keeping = ({ id }: Tileset) => (id === world.id ? sharedAnswer(isBehindGateway, 'nobody') : {});

  const find = async (account: string, id: string): Promise<Tileset | undefined> => {
    if (id === world.id) return world;
    const prefix = `${account}.`;
    return id.startsWith(prefix) ? uploads.tileset(account, id.slice(prefix.length)) : undefined;
  };
  const unknownTileset = (c: Context, id: string) =>
    refuse(
      c,
      'not_found',
      `No tileset "${id}": there are "${world.id}" and your account's finished uploads.`,
    );

  routes.get('/:file{[^/]+\\.json}', async (c) => {
    const id = c.req.param('file').slice(0, -'.json'.length);
    const tileset = await find(c.var.latchkey.account, id);
    if (tileset === undefined) return unknownTileset(c, id);
    const urlOf = urlsFor(c, baseUrl);
    const document = {
      tilejson: '3.0.0',
      id: tileset.id,
      name: tileset.name,
      version: '1.0.0',
      scheme: 'xyz',
      format: 'pbf',
      tiles: [urlOf(`/v4/${tileset.id}/{z}/{x}/{y}.vector.pbf`)],
      minzoom: 0,
      maxzoom: tileset.maxZoom,
      bounds: tileset.bounds,
      ...(tileset.attribution === undefined ? {} : { attribution: tileset.attribution }),
      vector_layers: tileset.layers,
    };
    return c.json(document, 200, keeping(tileset));
  });

  routes.get('/:tileset/:z/:x/:file{[0-9]+\\.vector\\.pbf}', async (c) => {
    const { tileset: id, z, x, file } = c.req.param();
    const tileset = await find(c.var.latchkey.account, id);
    if (tileset === undefined) return unknownTileset(c, id);
    const address = parseTileAddress(z, x, file.slice(0, -'.vector.pbf'.length), tileset.maxZoom);
    if (address === undefined) {
      return refuse(
        c,
        'not_found',
        `No such tile: zoom is 0 to ${tileset.maxZoom}, x and y are below 2^zoom.`,
      );
    }
    const tile = tileset.cut(address);
    if (tile === undefined) return c.body(null, 204, keeping(tileset));
    return c.body(tile, 200, {
      'Content-Type': 'application/vnd.mapbox-vector-tile',
      ...keeping(tileset),
    });
  });

  return routes;
}
