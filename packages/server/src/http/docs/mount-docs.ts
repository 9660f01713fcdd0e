import type { AppDeps } from '../app-deps.ts';
import type { App } from '../call-state.ts';
import { PAGE_HEADERS } from '../headers.ts';
import { errorsPage } from './errors-page.ts';
import { scopesPage } from './scopes-page.ts';

/** `/docs/scopes` and `/docs/errors`: made once, because the configuration does not change while the server runs. */
export function mountDocs(app: App, { services, catalogue }: Pick<AppDeps, 'services' | 'catalogue'>): void {
  const pages = { '/docs/scopes': scopesPage(services, catalogue), '/docs/errors': errorsPage() } as const;
  for (const [path, text] of Object.entries(pages)) {
    app.get(path, (context) => {
      context.env.call.route = path;
      return new Response(text, { headers: PAGE_HEADERS });
    });
  }
}
