import { readFile } from 'node:fs/promises';
import { bundleApp } from './bundle-app.ts';

export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

/** Everything that the page loads from its own origin, by path. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const own = (name: string) => new URL(name, import.meta.url);
  const files: readonly (readonly [path: string, type: string, source: URL])[] = [
    ['/page.css', CSS, own('./page.css')],
    ['/scopes.css', CSS, own('./scopes.css')],
    ['/icon.svg', 'image/svg+xml', own('./icon.svg')],
    ['/maplibre/maplibre-gl.css', CSS, new URL(import.meta.resolve('maplibre-gl/dist/maplibre-gl.css'))],
    [
      '/maplibre/maplibre-gl.mjs',
      JAVASCRIPT,
      new URL(import.meta.resolve('maplibre-gl/dist/maplibre-gl.mjs')),
    ],
    [
      '/maplibre/maplibre-gl-worker.mjs',
      JAVASCRIPT,
      new URL(import.meta.resolve('maplibre-gl/dist/maplibre-gl-worker.mjs')),
    ],
    [
      '/fonts/inter-400.woff2',
      'font/woff2',
      new URL(import.meta.resolve('@fontsource/inter/files/inter-latin-400-normal.woff2')),
    ],
    [
      '/fonts/inter-600.woff2',
      'font/woff2',
      new URL(import.meta.resolve('@fontsource/inter/files/inter-latin-600-normal.woff2')),
    ],
  ];
  const read = await Promise.all(
    files.map(
      async ([path, type, source]): Promise<[string, PageFile]> => [
        path,
        { type, body: Uint8Array.from(await readFile(source)) },
      ],
    ),
  );
  return new Map([...read, ['/app.js', { type: JAVASCRIPT, body: await bundleApp() }]]);
}

/** The page's HTML with its settings in it. */
export async function readPageTemplate(): Promise<string> {
  return readFile(new URL('./page.html', import.meta.url), 'utf8');
}
