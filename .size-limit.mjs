// What a browser fetches before the list of tokens stands there: everything that the page itself loads, the screen, and its texts.
import { readFileSync } from 'node:fs';

const folder = new URL('./packages/server/dashboard/', import.meta.url);
/** Vite's manifest: each source with its file and the sources that come with it. */
const files = JSON.parse(readFileSync(new URL('files.json', folder), 'utf8'));

const BEGIN = [
  'index.html',
  'src/features/tokens/list/list-screen.tsx',
  ...['ui', 'shell', 'session', 'token-list'].map((name) => `src/messages/en/${name}.ts`),
];

function withImports(source, seen = new Set()) {
  if (!(source in files)) throw new Error(`${source} is no part of the built dashboard`);
  if (seen.has(source)) return seen;
  seen.add(source);
  for (const imported of files[source].imports ?? []) withImports(imported, seen);
  return seen;
}

const seen = new Set();
for (const source of BEGIN) withImports(source, seen);

export default [
  {
    name: 'first load of the dashboard, JavaScript',
    path: [...seen]
      .map((source) => files[source].file)
      .filter((file) => file.endsWith('.js'))
      .map((file) => `packages/server/dashboard/${file}`),
    gzip: true,
    limit: '200 kB',
  },
];
