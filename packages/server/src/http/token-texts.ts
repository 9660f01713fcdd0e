import { showName } from './strict-json.ts';

/** Whatever begins as a token does, whole or cut off: its payload is JSON in base64url. */
const TOKEN_TEXT = /[pst]k\.eyJ[\w-]*(?:\.[\w-]*)?/g;
/** The whole text of a token that is not public. */
const SECRET_TEXT = /[st]k\.eyJ[\w-]+\.[\w-]{22}/;

/** Foreign text as an answer may repeat it: what looks like a token is replaced. */
export function hideTokenTexts(text: string): string {
  return text.replace(TOKEN_TEXT, '<token>');
}

/**
 * The first place of a body that holds the text of a secret or temporary token, as name or as value; undefined: none.
 * Somebody pasted it into the wrong field: stored there (in a note, say) it would be a secret in clear.
 */
export function secretTextIn(value: unknown, place = ''): { readonly field: string } | undefined {
  if (typeof value === 'string') return SECRET_TEXT.test(value) ? { field: showName(place) } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (SECRET_TEXT.test(name)) return { field: showName(place === '' ? hideTokenTexts(name) : place) };
    const found = secretTextIn(inner, innerPlace(value, place, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function innerPlace(outer: object, place: string, name: string): string {
  if (Array.isArray(outer)) return `${place}[${name}]`;
  return place === '' ? name : `${place}.${name}`;
}
