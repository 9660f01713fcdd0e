declare const brand: unique symbol;

/** A token's handle: `c` and 24 of `a-z0-9`. It can look up and revoke; it never authenticates. */
export type TokenId = string & { readonly [brand]: 'TokenId' };

const SHAPE = /^c[a-z0-9]{24}$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** How many random bytes {@link makeTokenId} wants. */
export const TOKEN_ID_RANDOM_BYTES = 24;

export function parseTokenId(text: string): TokenId | undefined {
  return SHAPE.test(text) ? (text as TokenId) : undefined;
}

/**
 * Makes an id from 24 random bytes. A byte is taken modulo 36, so four letters are slightly likelier than the rest: an
 * id has to be unique (over 120 bits), not unguessable.
 * @throws TypeError when `random` is not 24 bytes long
 */
export function makeTokenId(random: Uint8Array): TokenId {
  if (random.length !== TOKEN_ID_RANDOM_BYTES) throw new TypeError('makeTokenId wants 24 random bytes');
  let id = 'c';
  for (const byte of random) id += ALPHABET.charAt(byte % ALPHABET.length);
  return id as TokenId;
}
