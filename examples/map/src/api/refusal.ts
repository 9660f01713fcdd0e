import type { Context } from 'hono';

/** What this API itself may answer, beside the refusals of the token check. The body's shape is the same. */
export type MapRefusalCode =
  | 'not_found'
  | 'invalid_geojson'
  | 'unsupported_media_type'
  | 'too_large'
  | 'too_many_uploads';

const TABLE = {
  not_found: { status: 404, message: 'Not Found' },
  invalid_geojson: { status: 422, message: 'Invalid GeoJSON' },
  unsupported_media_type: { status: 415, message: 'Unsupported Media Type' },
  too_large: { status: 413, message: 'Payload Too Large' },
  too_many_uploads: { status: 409, message: 'Too Many Uploads' },
} as const satisfies Record<MapRefusalCode, { status: number; message: string }>;

/** Answers `{message, code, detail}` with the code's status. */
export function refuse(c: Context, code: MapRefusalCode, detail: string): Response {
  const { status, message } = TABLE[code];
  return c.json({ message, code, detail }, status, { 'Cache-Control': 'no-store' });
}
