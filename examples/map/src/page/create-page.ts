import type { ServiceDefinition } from '@latchkey/core';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { readPageFiles, readPageTemplate } from './page-files.ts';
import { scopesPage } from './scopes-page.ts';
import type { PageSettings } from './settings.ts';

export interface PageParts {
  readonly settings: PageSettings;
  readonly services: readonly ServiceDefinition[];
}

/** The page, on an origin of its own: it holds a public token and calls the maps API as any customer's page would. */
export async function createPage({ settings, services }: PageParts): Promise<Hono> {
  const files = await readPageFiles();
  const template = await readPageTemplate();
  const page = new Hono();
  page.use(etag());
  page.use(async (c, next) => {
    await next();
    c.res.headers.set('Content-Security-Policy', policyFor(settings.apiUrl));
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    c.res.headers.set('Cache-Control', 'no-cache');
  });
  // `<` is written as an escape so that no setting can end the script element.
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c');
  page.get('/', (c) => c.html(template.replace('%SETTINGS%', () => json)));
  page.get('/scopes', (c) => c.html(scopesPage(services, settings.apiUrl)));
  page.get('*', (c) => {
    const file = files.get(c.req.path);
    return file === undefined ? c.notFound() : c.body(file.body, 200, { 'Content-Type': file.type });
  });
  return page;
}

function policyFor(apiUrl: string): string {
  return [
    "default-src 'self'",
    `connect-src 'self' ${apiUrl}`,
    "img-src 'self' data: blob:",
    "style-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
