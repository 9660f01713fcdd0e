import { VERSION } from '../../version.ts';
import type { App } from '../call-state.ts';
import { buildOpenApiDocument } from './build-document.ts';

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=60',
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
} as const;

/** `/openapi.json`, made once on the first call. */
export function mountOpenApi(app: App): void {
  let text: string | undefined;
  app.get('/openapi.json', (context) => {
    context.env.call.route = '/openapi.json';
    text ??= JSON.stringify(buildOpenApiDocument(VERSION));
    return new Response(text, { headers: HEADERS });
  });
}
