import type { Plugin } from 'vite';
import { readChapter } from './read-chapter.ts';

const CHAPTER = /\/docs\/guide\/(?:en|zh)\/[a-z-]+\.md$/;

/** Imports of `docs/guide/<language>/<chapter>.md` give a `Chapter`: Markdown is read when the dashboard is built, never in a browser. */
export function guideChapters(): Plugin {
  return {
    name: 'latchkey:guide-chapters',
    transform(source, id) {
      if (!CHAPTER.test(id)) return undefined;
      return { code: `export const chapter = ${JSON.stringify(readChapter(source))};`, map: null };
    },
  };
}
