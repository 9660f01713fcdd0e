import { Hono } from 'hono';
import { type GlyphRange, parseGlyphRange } from '../glyphs/encode-glyph-range.ts';
import { FONT_FILES, type FontName, isFontName } from '../glyphs/font-face.ts';
import type { MapEnv } from './map-env.ts';
import { ownAccountOnly } from './own-account.ts';
import { refuse } from './refusal.ts';
import { revalidate } from './revalidate.ts';
import { sharedAnswer } from './shared-answer.ts';

export type GlyphSource = (font: FontName, range: GlyphRange) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * `GET /{account}/{fontstack}/{range}.pbf`: 256 glyphs as signed distance fields. Of a stack (names with commas between
 * them) the first that this API has is served.
 */
export function fontRoutes(glyphs: GlyphSource, isBehindGateway: boolean): Hono<MapEnv> {
  const routes = new Hono<MapEnv>();
  routes.use(revalidate);
  routes.get('/:account/:fontstack/:file{[0-9]+-[0-9]+\\.pbf}', ownAccountOnly, async (c) => {
    const stack = c.req.param('fontstack');
    const font = stack.split(',').find(isFontName);
    if (font === undefined) {
      return refuse(c, 'not_found', `No font "${stack}": there are ${Object.keys(FONT_FILES).join(', ')}.`);
    }
    const range = parseGlyphRange(c.req.param('file').slice(0, -'.pbf'.length));
    if (range === undefined) {
      return refuse(c, 'not_found', 'No such range: ranges are 0-255, 256-511 and so on to 65280-65535.');
    }
    return c.body(await glyphs(font, range), 200, {
      'Content-Type': 'application/x-protobuf',
      // Another account's fonts are not found.
      ...sharedAnswer(isBehindGateway, 'account'),
    });
  });
  return routes;
}
