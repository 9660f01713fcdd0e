/**
 * Splits a command line as a POSIX shell does, as far as pasted curl commands need it: single quotes, double quotes with
 * backslashes, `$'…'` (what browsers copy for odd characters), backslash outside quotes, a backslash at the end of a
 * line. Nothing is expanded: `$HOME` stays `$HOME`. Undefined where a quote is not closed.
 */
export function splitShellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < line.length) {
    const character = line.charAt(at);
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    const piece = readPiece(line, at);
    if (piece === undefined) return undefined;
    if (piece.text !== '' || piece.isQuoted) word = (word ?? '') + piece.text;
    at = piece.end;
  }
  if (word !== undefined) words.push(word);
  return words;
}

interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly end: number;
}

function readPiece(line: string, at: number): Piece | undefined {
  const character = line.charAt(at);
  if (character === "'") return until(line, at + 1, "'", () => undefined);
  if (character === '"') return until(line, at + 1, '"', escapeInDoubleQuotes);
  if (line.startsWith("$'", at)) return until(line, at + 2, "'", escapeInDollarQuotes);
  if (character !== '\\') return { text: character, isQuoted: false, end: at + 1 };
  const escaped = line.slice(at + 1).match(/^(\r?\n|.)/s)?.[0] ?? '';
  return { text: /^\r?\n$/.test(escaped) ? '' : escaped, isQuoted: false, end: at + 1 + escaped.length };
}

type Escape = (rest: string) => { readonly text: string; readonly length: number } | undefined;

function until(line: string, start: number, quote: string, readEscape: Escape): Piece | undefined {
  let text = '';
  let at = start;
  while (at < line.length && line.charAt(at) !== quote) {
    const escaped = line.charAt(at) === '\\' ? readEscape(line.slice(at)) : undefined;
    text += escaped?.text ?? line.charAt(at);
    at += escaped?.length ?? 1;
  }
  return at < line.length ? { text, isQuoted: true, end: at + 1 } : undefined;
}

const escapeInDoubleQuotes: Escape = (rest) => {
  const [, escaped] = /^\\(\n|[$`"\\])/.exec(rest) ?? [];
  return escaped === undefined ? undefined : { text: escaped === '\n' ? '' : escaped, length: 2 };
};

const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  "'": "'",
  '"': '"',
  '\\': '\\',
  '!': '!',
};

const escapeInDollarQuotes: Escape = (rest) => {
  const [whole, hexadecimal] = /^\\(?:u([0-9a-fA-F]{4})|x[0-9a-fA-F]{2})/.exec(rest) ?? [];
  if (whole !== undefined)
    return {
      text: String.fromCharCode(Number.parseInt(hexadecimal ?? whole.slice(2), 16)),
      length: whole.length,
    };
  const text = NAMED[rest.charAt(1)];
  return text === undefined ? undefined : { text, length: 2 };
};
