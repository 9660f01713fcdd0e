import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressedCopies } from './build/compressed-copies.ts';
import { guideChapters } from './build/guide-chapters.ts';

/** The server package carries the built files: whoever installs it has the dashboard that fits it. */
const outDir = fileURLToPath(new URL('../server/dashboard', import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  base: '/dashboard/',
  plugins: [react(), tailwindcss(), guideChapters(), compressedCopies()],
  resolve: { conditions: ['latchkey-source', ...defaultClientConditions] },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: 'files.json',
    // The dashboard, and the API reference, which the server shows at /docs.
    rolldownOptions: { input: ['index.html', 'reference.html'] },
    // The first versions with light-dark(), on which both themes rest.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/v1': process.env.LATCHKEY_URL ?? 'http://127.0.0.1:8420' } },
});
