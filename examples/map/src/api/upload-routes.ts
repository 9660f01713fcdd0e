import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { parseGeoJson } from '../uploads/parse-geojson.ts';
import { readBounded } from '../uploads/read-bounded.ts';
import { tilesetIdOf } from '../uploads/upload.ts';
import { type ShelvedUpload, UPLOAD_LIMIT, type UploadShelf } from '../uploads/upload-shelf.ts';
import type { MapEnv } from './map-env.ts';
import { ownAccountOnly } from './own-account.ts';
import { refuse } from './refusal.ts';

/** The largest file, in bytes: 10 MiB. */
export const UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024;

const MEDIA_TYPES = ['application/geo+json', 'application/json'];
const NAME_LIMIT = 64;

/**
 * `POST /{account}?name=…`: a GeoJSON file, answered 201 with its status; the map shows it once `complete` is true.
 * `GET /{account}`, `GET /{account}/{id}`: status. `DELETE /{account}/{id}`: takes it off the map.
 */
export function uploadRoutes(uploads: UploadShelf): Hono<MapEnv> {
  const routes = new Hono<MapEnv>();

  routes.post('/:account', ownAccountOnly, async (c) => {
    const mediaType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (mediaType === undefined || !MEDIA_TYPES.includes(mediaType)) {
      return refuse(
        c,
        'unsupported_media_type',
        `Send the file itself as the body, with "Content-Type: ${MEDIA_TYPES[0]}"; this came as ${mediaType ?? 'nothing'}.`,
      );
    }
    const body = await readBounded(c.req.raw.body, UPLOAD_LIMIT_BYTES);
    if (!body.ok && body.reason === 'too_large') {
      return refuse(c, 'too_large', `A file may have at most ${UPLOAD_LIMIT_BYTES} bytes (10 MiB).`);
    }
    if (!body.ok) return refuse(c, 'invalid_geojson', 'not UTF-8');
    const parsed = parseGeoJson(body.text);
    if (!parsed.ok) return refuse(c, 'invalid_geojson', parsed.detail);
    const id = randomBytes(8).toString('hex');
    const record = {
      id,
      account: c.var.latchkey.account,
      name: c.req.query('name')?.trim().slice(0, NAME_LIMIT) || `Upload ${id.slice(0, 4)}`,
      created: Date.now(),
      bytes: Buffer.byteLength(body.text),
      featureCount: parsed.features.features.length,
      bounds: parsed.bounds,
    };
    const shelved = await uploads.add({ record, features: parsed.features });
    if (shelved === undefined) return tooMany(c);
    return c.json(statusOf(shelved), 201, { Location: `/uploads/v1/${record.account}/${id}` });
  });

  routes.get('/:account', ownAccountOnly, (c) => c.json(uploads.list(c.var.latchkey.account).map(statusOf)));

  routes.get('/:account/:id', ownAccountOnly, (c) => {
    const found = uploads.get(c.var.latchkey.account, c.req.param('id'));
    return found === undefined ? noUpload(c) : c.json(statusOf(found));
  });

  routes.delete('/:account/:id', ownAccountOnly, async (c) =>
    (await uploads.remove(c.var.latchkey.account, c.req.param('id'))) ? c.body(null, 204) : noUpload(c),
  );

  return routes;
}

/** An upload as the API tells it; field names are those of the Mapbox Uploads API, with more after them. */
function statusOf({ record, progress }: ShelvedUpload) {
  return {
    id: record.id,
    name: record.name,
    owner: record.account,
    tileset: tilesetIdOf(record),
    complete: progress.state === 'ready',
    progress: progress.state === 'ready' ? 1 : 0,
    error: progress.state === 'failed' ? progress.error : null,
    created: new Date(record.created).toISOString(),
    features: record.featureCount,
    bytes: record.bytes,
    bounds: record.bounds,
  };
}

function noUpload(c: Context): Response {
  return refuse(c, 'not_found', 'This account has no such upload.');
}

function tooMany(c: Context): Response {
  return refuse(c, 'too_many_uploads', `An account may have ${UPLOAD_LIMIT} uploads; delete one first.`);
}
