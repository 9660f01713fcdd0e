const SHOWN_LIMIT = 80;
/** Enough to see whether a token's text begins inside what is shown. */
const READ_LIMIT = 200;
const TOKEN_TEXT = /[pst]k\.eyJ[\w-]*(?:\.[\w-]*)?/g;
const UNPRINTABLE = /[^\x20-\x7e]/gu;
const INVISIBLE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Foreign text as a refusal may show it: in double quotes, at most 80 characters, everything but printable ASCII as
 * `\u{…}` (so that it may stand in a header), and whatever looks like a token's text replaced by `<token>`.
 */
export function quoted(text: string): string {
  return quote(text, UNPRINTABLE);
}

/** The same for text that people typed: letters of every script stay, what cannot be seen is escaped. */
export function quotedLetters(text: string): string {
  return quote(text, INVISIBLE);
}

function quote(text: string, escaped: RegExp): string {
  const safe = text
    .slice(0, READ_LIMIT)
    .replace(TOKEN_TEXT, '<token>')
    .replace(escaped, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  const isCut = safe.length > SHOWN_LIMIT || text.length > READ_LIMIT;
  return `"${safe.slice(0, SHOWN_LIMIT)}${isCut ? '...' : ''}"`;
}

/** The first few of a list, and how many more there are: `a.example, b.example, c.example and 4 more`. */
export function listed<T>(items: readonly T[], textOf: (item: T) => string): string {
  const shown = items.slice(0, 3).map((item) => {
    const text = textOf(item);
    return text.length > SHOWN_LIMIT ? `${text.slice(0, SHOWN_LIMIT)}...` : text;
  });
  const more = items.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
