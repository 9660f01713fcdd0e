/** What can be tried out in the middle of a chapter; a chapter names it as `<!-- show: <name> -->`. */
export const SHOWN = [
  'token-anatomy',
  'scope-kind',
  'url-entry',
  'rotation-timeline',
  'shown-once',
  'right-size',
  'refusal',
] as const;
export type ShownName = (typeof SHOWN)[number];

/** A chapter as the build makes it of its Markdown. */
export interface Chapter {
  readonly title: string;
  /** `id` is the same in every language, so that a link into a chapter stays right. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly parts: readonly ChapterPart[];
}

export type ChapterPart =
  /** HTML of our own Markdown, in which everything is escaped that Markdown does not mean. */
  { readonly kind: 'text'; readonly html: string } | { readonly kind: 'show'; readonly name: ShownName };
