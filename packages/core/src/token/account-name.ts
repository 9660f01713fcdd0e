declare const brand: unique symbol;

/** The name of an account, as it stands in a token's payload field `u`. Made only by {@link parseAccountName}. */
export type AccountName = string & { readonly [brand]: 'AccountName' };

const SHAPE = /^[a-z0-9][a-z0-9-]{1,38}$/;

/**
 * Accepts 2 to 39 characters of `a-z`, `0-9` and `-`; the first is not `-`, the last is not `-`, and `--` does not occur.
 * The alphabet keeps a token's payload free of `-` and `_` once it is base64url, because the Mapbox SDK decodes
 * standard base64 only.
 */
export function parseAccountName(text: string): AccountName | undefined {
  if (!SHAPE.test(text) || text.endsWith('-') || text.includes('--')) return undefined;
  return text as AccountName;
}
