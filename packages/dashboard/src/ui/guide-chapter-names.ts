/** The chapters, in the order in which they are read. Each is `docs/guide/<language>/<chapter>.md`. */
export const CHAPTERS = [
  'tokens',
  'scopes',
  'url-restrictions',
  'rotation',
  'managing',
  'least-privilege',
  'refusals',
] as const;
export type ChapterName = (typeof CHAPTERS)[number];

export function isChapterName(text: string): text is ChapterName {
  return CHAPTERS.some((name) => name === text);
}
