import crypto from 'node:crypto';
import type { AccountName, ForeignRestriction, Scope, TokenId } from '@latchkey/core';
import { defaultCatalogue, formatTokenText } from '@latchkey/core';
import type { FeedToken } from '@latchkey/wire/feed';

// What counts as typical, here and in the figures: 100 tokens an account; six in ten public with one to three URLs, out of the
// four that their account has; three in ten secret without restrictions; one in ten temporary. Twelve lists of scopes.
const TOKENS_PER_ACCOUNT = 100;
const URLS_PER_ACCOUNT = 4;
const SCOPE_LISTS = 12;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const FAR_MS = 3_600_000;

export interface TypicalToken {
  readonly text: string;
  readonly digest: Buffer;
  readonly record: FeedToken;
  /** A page that the token admits; undefined where it asks for none. */
  readonly origin: string | undefined;
}

/** Token number `n`, always the same one: nobody has to hold a million of them. */
export function typicalToken(n: number, epochMs: number): TypicalToken {
  const noise = crypto.hash('sha512', `token ${n}`, 'buffer');
  const kind = n % 10;
  const usage = kind < 6 ? 'pk' : kind < 9 ? 'sk' : 'tk';
  const accountNumber = Math.floor(n / TOKENS_PER_ACCOUNT);
  const account = `account-${accountNumber}` as AccountName;
  const id = idOf(noise);
  const scopes = scopeList(n % SCOPE_LISTS);
  const signature = noise.subarray(40, 56);
  const [iat, exp] = [Math.floor(epochMs / 1000), Math.floor((epochMs + FAR_MS) / 1000)];
  const text =
    usage === 'tk'
      ? formatTokenText({ usage, account, id, issuedAtSeconds: iat, expiresSeconds: exp, scopes, signature })
      : formatTokenText({ usage, account, id, signature });
  const entries = Array.from({ length: 1 + (n % 3) }, (_, at) => siteOf(accountNumber, n + at));
  const urls: ForeignRestriction = { kind: 'urls', entries, strictPaths: false };
  const digest = crypto.hash('sha256', text, 'buffer');
  return {
    text,
    digest,
    origin: usage === 'pk' ? entries[0] : undefined,
    record: {
      id,
      digest: digest.toString('base64url'),
      account,
      usage,
      status: 'active',
      scopes,
      restrictions: usage === 'pk' ? [urls] : [],
      expires: usage === 'tk' ? exp * 1000 : null,
      parent: null,
      revision: n + 1,
    },
  };
}

/** The number of a token without URLs, near this one. */
export function unrestrictedNear(n: number): number {
  return n - (n % 10) + 6 + (n % 3);
}

function idOf(noise: Buffer): TokenId {
  let id = 'c';
  for (const byte of noise.subarray(0, 24)) id += ALPHABET.charAt(byte % ALPHABET.length);
  return id as TokenId;
}

/** All lists hold the first scope, which the measured route needs. */
function scopeList(list: number): readonly Scope[] {
  return defaultCatalogue.scopes.slice(0, 1 + list).map(({ id }) => id);
}

function siteOf(account: number, n: number): string {
  return `https://site-${n % URLS_PER_ACCOUNT}.account-${account}.example`;
}
