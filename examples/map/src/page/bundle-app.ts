import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Where the page finds MapLibre: its own files, unbundled, because they find their worker beside themselves. */
const MAPLIBRE_PATH = '/maplibre/maplibre-gl.mjs';

/** Bundles the page's own modules; takes some 50 ms. */
export async function bundleApp(): Promise<Uint8Array<ArrayBuffer>> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./browser/app.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
    plugins: [
      {
        name: 'maplibre-beside-the-bundle',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: MAPLIBRE_PATH, external: true })),
      },
    ],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no bundle of the page');
  return Uint8Array.from(bundle.contents);
}
