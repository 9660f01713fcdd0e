import { quotedLetters } from './quote.ts';

/** What is wrong with a refused URL entry or list of entries. The union is closed. */
export type UrlEntryFaultCode =
  | 'empty'
  | 'too_long'
  | 'too_many'
  | 'wildcard'
  | 'characters'
  | 'percent_encoding'
  | 'scheme'
  | 'userinfo'
  | 'query'
  | 'fragment'
  | 'host'
  | 'trailing_dot'
  | 'ip_form'
  | 'port'
  | 'path';

/** A refused entry: `reason` is a sentence that names the entry, `fix` one that says what to write. */
export interface UrlEntryFault {
  readonly ok: false;
  readonly code: UrlEntryFaultCode;
  readonly reason: string;
  readonly fix: string;
}

export function urlEntryFault(
  code: UrlEntryFaultCode,
  entry: string,
  what: string,
  fix: string,
): UrlEntryFault {
  return { ok: false, code, reason: `${quotedLetters(entry)} ${what}.`, fix };
}

/** The fix that says which text to write instead, where any is left of what was written. */
export function writeInstead(text: string): string {
  return text === '' ? 'Write a host, such as app.example.com.' : `Write ${quotedLetters(text)}.`;
}
