/** The system's own words for a file error (`permission denied`), without the path and the call that Node puts around them. */
export function fileProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, words] = /^[A-Z0-9]+: (.*?),/.exec(error.message) ?? [];
  return words ?? error.message;
}
