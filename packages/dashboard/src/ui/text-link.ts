/** Class names of a link within text. */
export const TEXT_LINK =
  'text-accent-ink underline underline-offset-2 decoration-accent-ink/40 hover:decoration-accent-ink';
