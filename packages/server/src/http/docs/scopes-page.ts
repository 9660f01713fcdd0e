import type { Catalogue, ServiceDefinition } from '@latchkey/core';
import type { Endpoint } from '../endpoint.ts';
import { nativeEndpoints, tokensApiEndpoints } from '../endpoints.ts';
import { type Html, html, page } from './page.ts';

/** "Scopes required by each API": made from the configuration that is enforced, so it cannot disagree with it. */
export function scopesPage(services: readonly ServiceDefinition[], catalogue: Catalogue): string {
  return page(
    'Scopes required by each API',
    '/docs/scopes',
    html`<p>A request needs a token that holds every scope of its route. A token whose scopes are all public is a public
token (<code>pk</code>) and may stand in a web page; any secret scope makes it a secret one (<code>sk</code>).</p>
${services.map(serviceSection)}
<h2 id="latchkey">Latchkey</h2>
<p>The APIs of this server.</p>
${routesTable([...tokensApiEndpoints.map(ownRow), ...nativeEndpoints.map(ownRow)])}
<h2 id="catalogue">All scopes</h2>
${catalogueTable(catalogue)}`,
  );
}

function serviceSection({ name, title, description, baseUrl, routes }: ServiceDefinition): Html {
  const rows = routes.map((route) =>
    routeRow(route.methods.join(', '), route.path, route.scopes, route.description),
  );
  return html`<h2 id="${name}">${title}</h2>
<p>${description}</p>
${baseUrl === undefined ? undefined : html`<p class="soft"><code>${baseUrl}</code></p>`}
${routesTable(rows)}`;
}

function ownRow<Code extends string>({ method, path, requires, summary }: Endpoint<Code>): Html {
  return routeRow(method.toUpperCase(), path, requires, `${summary}.`);
}

function routeRow(
  methods: string,
  path: string,
  scopes: readonly string[] | undefined,
  description: string,
): Html {
  const needed = scopes?.map((scope) => html`<code>${scope}</code> `);
  return html`<tr><td><code>${methods} ${path}</code></td><td>${needed === undefined ? 'no token' : needed.length === 0 ? 'any valid token' : needed}</td><td>${description}</td></tr>
`;
}

function routesTable(rows: readonly Html[]): Html {
  return html`<div class="wide" role="group" aria-label="Table" tabindex="0"><table>
<thead><tr><th scope="col">Route</th><th scope="col">Scopes</th><th scope="col">Does</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}

function catalogueTable(catalogue: Catalogue): Html {
  const rows = catalogue.scopes.map(
    ({ id, public: isPublic, operatorOnly, description }) =>
      html`<tr><td><code>${id}</code></td><td>${isPublic ? 'public' : operatorOnly ? 'secret, operator only' : 'secret'}</td><td>${description}</td></tr>
`,
  );
  return html`<div class="wide" role="group" aria-label="Table" tabindex="0"><table>
<thead><tr><th scope="col">Scope</th><th scope="col">Class</th><th scope="col">Allows</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}
