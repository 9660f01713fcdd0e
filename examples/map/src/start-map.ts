import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createVerifier, type Verifier } from '@latchkey/verifier';
import { createApi } from './api/create-api.ts';
import { glyphRanges } from './glyphs/glyph-ranges.ts';
import { listen } from './listen.ts';
import type { MapOptions } from './map-options.ts';
import { createPage } from './page/create-page.ts';
import { pageChecks } from './page/page-checks.ts';
import { readServices } from './read-services.ts';
import { uploadFiles } from './uploads/upload-files.ts';
import { openUploadShelf } from './uploads/upload-shelf.ts';
import { readNaturalEarth } from './world/natural-earth.ts';
import { worldTileset } from './world/world-tileset.ts';

/** A running demonstration: the maps API and, on another origin, the page that uses it. */
export interface RunningMap {
  /** The API's public origin, without a trailing slash. */
  readonly apiUrl: string;
  /** The port that the API listens on. */
  readonly apiPort: number;
  /** The page's origin, without a trailing slash. */
  readonly pageUrl: string;
  /** Stops both servers once the requests under way are answered, then the token check. */
  close(): Promise<void>;
}

/** How long the token check may take to learn of all tokens. */
const READY_WITHIN_MS = 10_000;

/**
 * Starts the demonstration; the Latchkey server must be running. Both ports are taken at once and answer 503 until all is ready,
 * some two seconds.
 * @param report told of failures while it runs; they do not stop it
 * @throws Error with a sentence for people: a port is taken, the server does not answer or lacks the services, the token may
 *   not follow the feed
 */
export async function startMap(options: MapOptions, report: (error: Error) => void): Promise<RunningMap> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const shut of opened.splice(0).reverse()) await shut();
  };
  try {
    const { latchkeyUrl: url, latchkeyToken: token, host } = options;
    const routes = await readServices(url);
    const verifier = token === undefined ? undefined : createVerifier({ url, token, name: 'maps' });
    if (verifier !== undefined) opened.push(verifier.close);
    const uploads = await openUploadShelf(uploadFiles(join(options.dataDir, 'uploads')));
    opened.push(uploads.settled);
    // Whoever reaches an API that does not judge by itself may call itself anybody: only this machine's gateway should.
    const apiHost = token === undefined ? '127.0.0.1' : host;
    const apiServer = await listen(apiHost, options.port, 'MAP_PORT');
    opened.push(apiServer.close);
    const pageServer = await listen(host, options.pagePort, 'MAP_PAGE_PORT');
    opened.push(pageServer.close);
    const apiUrl = options.publicUrl ?? `http://localhost:${apiServer.port}`;
    const world = worldTileset(await readNaturalEarth());
    const checks = pageChecks((method, path) => routes.match(method, path)?.scopes ?? []);
    const settings = { apiUrl, checks, ...(options.publicToken && { token: options.publicToken }) };
    const page = await createPage({ settings, services: routes.services });
    if (verifier !== undefined) await untilReady(verifier, url);
    const glyphs = glyphRanges();
    const api = createApi({
      check: verifier && { verifier, routes },
      baseUrl: apiUrl,
      world,
      glyphs,
      uploads,
      reportFailure: report,
    });
    apiServer.answerWith(getRequestListener(api.fetch));
    pageServer.answerWith(getRequestListener(page.fetch));
    return { apiUrl, apiPort: apiServer.port, pageUrl: `http://localhost:${pageServer.port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilReady(verifier: Verifier, url: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_WITHIN_MS);
  });
  const isReady = await Promise.race([verifier.ready(), late]);
  clearTimeout(timer);
  if (isReady) return;
  const why = verifier.status().problem ?? 'no answer in time';
  throw new Error(
    `The token check could not learn of the tokens of ${url}: ${why}. LATCHKEY_TOKEN needs the scope verifiers:sync.`,
  );
}
