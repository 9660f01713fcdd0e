import type { IncomingMessage } from 'node:http';
import { readBytes } from '../read-body.ts';

export type ReadForm =
  | { readonly ok: true; readonly fields: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly detail: string };

const FORM_TYPE =
  /^application\/x-www-form-urlencoded(?:[ \t]*;[ \t]*charset[ \t]*=[ \t]*"?utf-8"?)?[ \t]*$/i;

/** Reads a form as RFC 6749 §3.2 wants it: in UTF-8, and with no parameter more than once. */
export async function readForm(incoming: IncomingMessage): Promise<ReadForm> {
  const { 'content-type': type, 'content-encoding': encoding } = incoming.headers;
  if (type === undefined || !FORM_TYPE.test(type) || (encoding !== undefined && encoding !== 'identity')) {
    const detail = 'Send the parameters as application/x-www-form-urlencoded, in UTF-8';
    return { ok: false, status: 415, detail };
  }
  const bytes = await readBytes(incoming);
  if (bytes === 'too long') return { ok: false, status: 413, detail: 'The body is too long' };
  if (bytes === 'cut off') return { ok: false, status: 400, detail: 'The body ended before its end' };
  const fields = new Map<string, string>();
  for (const pair of new TextDecoder('utf-8').decode(bytes).split('&')) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const name = formDecode(mark === -1 ? pair : pair.slice(0, mark));
    const value = formDecode(mark === -1 ? '' : pair.slice(mark + 1));
    if (name === undefined || value === undefined) {
      return { ok: false, status: 400, detail: 'A parameter is not percent-encoded UTF-8' };
    }
    if (fields.has(name)) return { ok: false, status: 400, detail: 'A parameter came more than once' };
    fields.set(name, value);
  }
  return { ok: true, fields };
}

/** Undefined where the text is not percent-encoded UTF-8. */
export function formDecode(text: string): string | undefined {
  // Characters that a form encodes, the replacement for broken UTF-8 among them.
  if (!/^[\x21-\x7e]*$/.test(text)) return undefined;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
