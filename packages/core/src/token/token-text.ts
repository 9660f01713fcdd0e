import type { Scope } from '../scope/scope.ts';
import { parseScope } from '../scope/scope.ts';
import type { AccountName } from './account-name.ts';
import { parseAccountName } from './account-name.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import type { TokenId } from './token-id.ts';
import { parseTokenId } from './token-id.ts';
import type { TokenUsage } from './token-record.ts';

/** Longer texts are malformed, whatever they hold. A token has to fit into a request's header block (16 KiB in Node). */
export const MAX_TOKEN_TEXT_LENGTH = 8192;

/** Random bytes in a signature: 22 base64url characters. The signature is random, not a MAC; the digest of the text is the key. */
export const SIGNATURE_BYTES = 16;

/** What a token's text says of itself. It proves nothing: only a look-up by digest tells whether the token is real. */
export type ParsedTokenText = ParsedLastingToken | ParsedTemporaryToken;

export interface ParsedLastingToken {
  readonly usage: 'pk' | 'sk';
  readonly account: AccountName;
  readonly id: TokenId;
}

export interface ParsedTemporaryToken {
  readonly usage: 'tk';
  readonly account: AccountName;
  /** Undefined in the temporary tokens of issuers that write no id. */
  readonly id: TokenId | undefined;
  readonly issuedAtSeconds: number;
  readonly expiresSeconds: number;
  readonly scopes: readonly Scope[];
}

/** What goes into a new token's text. `signature` is {@link SIGNATURE_BYTES} bytes from a CSPRNG. */
export type TokenTextParts =
  | (ParsedLastingToken & { readonly signature: Uint8Array })
  | (ParsedTemporaryToken & { readonly id: TokenId; readonly signature: Uint8Array });

/**
 * Tells the usage of anything that has a token's outline: a known prefix and two more parts that are not empty, within
 * {@link MAX_TOKEN_TEXT_LENGTH}. Undefined is what the Tokens API calls `TokenMalformed`; a text with the outline
 * that no source knows, such as `pk.abc.123`, is merely unknown (`TokenInvalid`). Constant work, no decoding.
 */
export function recogniseTokenText(text: string): TokenUsage | undefined {
  if (text.length > MAX_TOKEN_TEXT_LENGTH) return undefined;
  const payloadEnd = text.indexOf('.', 3);
  if (payloadEnd < 4 || payloadEnd === text.length - 1) return undefined;
  if (text.indexOf('.', payloadEnd + 1) !== -1) return undefined;
  return usageOfPrefix(text);
}

/**
 * Makes a token's text, `<usage>.<payload>.<signature>`. The payload is base64url of ASCII JSON with `u` first (scanners
 * look for `eyJ1`) and, because names and scopes hold no `>`, `?` or `~`, never contains `-` or `_`: the Mapbox SDK
 * decodes it as standard base64.
 * @throws TypeError when the signature is not 16 bytes long, or the text would exceed {@link MAX_TOKEN_TEXT_LENGTH}
 */
export function formatTokenText(parts: TokenTextParts): string {
  if (parts.signature.length !== SIGNATURE_BYTES) {
    throw new TypeError(`formatTokenText wants a signature of ${SIGNATURE_BYTES} bytes`);
  }
  const payload =
    parts.usage === 'tk'
      ? {
          u: parts.account,
          exp: parts.expiresSeconds,
          iat: parts.issuedAtSeconds,
          scopes: parts.scopes,
          client: 'api',
          a: parts.id,
        }
      : { u: parts.account, a: parts.id };
  const text = `${parts.usage}.${encodeAscii(JSON.stringify(payload))}.${encodeBase64url(parts.signature)}`;
  if (text.length > MAX_TOKEN_TEXT_LENGTH) {
    throw new TypeError(`a token text of ${text.length} characters does not fit into a request`);
  }
  return text;
}

/**
 * Reads a token's text strictly: canonical base64url (no padding, zero trailing bits), ASCII JSON, a signature of 16
 * bytes. Undefined for everything else; never throws. Fields that it does not know are ignored.
 */
export function parseTokenText(text: string): ParsedTokenText | undefined {
  const usage = recogniseTokenText(text);
  if (usage === undefined) return undefined;
  const payloadEnd = text.indexOf('.', 3);
  if (decodeBase64url(text.slice(payloadEnd + 1))?.length !== SIGNATURE_BYTES) return undefined;
  const payload = parseObject(decodeAscii(text.slice(3, payloadEnd)));
  if (payload === undefined) return undefined;
  const account = typeof payload.u === 'string' ? parseAccountName(payload.u) : undefined;
  if (account === undefined) return undefined;
  const id = typeof payload.a === 'string' ? parseTokenId(payload.a) : undefined;
  if (usage === 'tk') return parseTemporary(payload, account, id);
  return id === undefined ? undefined : { usage, account, id };
}

function parseTemporary(
  payload: Payload,
  account: AccountName,
  id: TokenId | undefined,
): ParsedTemporaryToken | undefined {
  if (payload.a !== undefined && id === undefined) return undefined;
  const { exp, iat } = payload;
  if (!isUnixSeconds(exp) || !isUnixSeconds(iat) || !Array.isArray(payload.scopes)) return undefined;
  const scopes: Scope[] = [];
  for (const name of payload.scopes as unknown[]) {
    const scope = typeof name === 'string' ? parseScope(name) : undefined;
    if (scope === undefined) return undefined;
    scopes.push(scope);
  }
  return { usage: 'tk', account, id, issuedAtSeconds: iat, expiresSeconds: exp, scopes };
}

/** One place knows the prefixes, so that an installation's own (`acme_sk.`) can be added here. */
function usageOfPrefix(text: string): TokenUsage | undefined {
  if (text.startsWith('pk.')) return 'pk';
  if (text.startsWith('sk.')) return 'sk';
  return text.startsWith('tk.') ? 'tk' : undefined;
}

type Payload = Partial<Record<'u' | 'a' | 'exp' | 'iat' | 'scopes', unknown>>;

function parseObject(json: string | undefined): Payload | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isUnixSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function encodeAscii(text: string): string {
  return encodeBase64url(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}

function decodeAscii(text: string): string | undefined {
  const bytes = decodeBase64url(text);
  if (bytes === undefined) return undefined;
  let ascii = '';
  for (const byte of bytes) {
    if (byte > 0x7e) return undefined;
    ascii += String.fromCharCode(byte);
  }
  return ascii;
}
