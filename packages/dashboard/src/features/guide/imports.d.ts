declare module '*.md' {
  import type { Chapter } from './chapter.ts';

  /** Made by `build/guide-chapters.ts`. */
  export const chapter: Chapter;
}

declare module '*.css';
