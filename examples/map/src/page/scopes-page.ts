import type { ServiceDefinition } from '@latchkey/core';
import { html } from 'hono/html';

/** "Scopes required by each API": the documentation page, generated from the server's own table. */
export function scopesPage(services: readonly ServiceDefinition[], apiUrl: string) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Scopes required by each API</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/page.css" />
    <link rel="stylesheet" href="/scopes.css" />
  </head>
  <body class="document">
    <article>
      <p><a href="/">Latchkey maps</a></p>
      <h1>Scopes required by each API</h1>
      <p>
        A request carries its token as <code>?access_token=…</code> or <code>Authorization: Bearer …</code>. The API is at
        <code>${apiUrl}</code>. This page and the token check read one table: the services of <code>latchkey.yaml</code>,
        which the server gives out at <code>/v1/services</code>.
      </p>
      ${services.map(
        (service) => html`<section>
          <h2>${service.title}</h2>
          <p>${service.description}</p>
          <table>
            <thead>
              <tr><th scope="col">Request</th><th scope="col">Scopes</th><th scope="col">What it does</th></tr>
            </thead>
            <tbody>
              ${service.routes.map(
                (route) => html`<tr>
                  <td><code>${route.methods.join(', ')} ${route.path}</code></td>
                  <td>${route.scopes.map((scope) => html`<code class="scope">${scope}</code> `)}</td>
                  <td>${route.description}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </section>`,
      )}
    </article>
  </body>
</html>`;
}
