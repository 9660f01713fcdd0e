import crypto from 'node:crypto';
import type { AccountState, DigestIndex, ForeignRestriction, Scope, TokenRecord } from '@latchkey/core';
import {
  compileRestrictions,
  createDigestIndex,
  formatTokenText,
  makeTokenId,
  parseAccountName,
  SIGNATURE_BYTES,
  TOKEN_ID_RANDOM_BYTES,
} from '@latchkey/core';

export interface Population {
  readonly texts: readonly string[];
  readonly byDigest: DigestIndex<TokenRecord>;
}

/** Different compiled lists of URLs; the tokens share them, as a replica that interns its entries would. */
const DIFFERENT_LISTS = 100;
const ACCOUNTS = 500;

/** `count` public tokens, each with `urlCount` URLs. */
export function makePopulation(count: number, urlCount: number, scopes: readonly Scope[]): Population {
  const lists = Array.from({ length: DIFFERENT_LISTS }, (_, list) =>
    compileRestrictions(urlCount === 0 ? [] : [urlsOf(list, urlCount)]),
  );
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => accountState(`account-${n}`));
  const texts: string[] = [];
  const byDigest = createDigestIndex<TokenRecord>();
  for (let n = 0; n < count; n += 1) {
    const account = accounts[n % accounts.length];
    const restrictions = lists[n % lists.length];
    if (account === undefined || restrictions === undefined) throw new Error('the population cannot be made');
    const id = makeTokenId(crypto.randomBytes(TOKEN_ID_RANDOM_BYTES));
    const signature = crypto.randomBytes(SIGNATURE_BYTES);
    const text = formatTokenText({ usage: 'pk', account: account.name, id, signature });
    texts.push(text);
    byDigest.set(digestOf(text), {
      id,
      account,
      usage: 'pk',
      revoked: false,
      bad: undefined,
      scopes,
      restrictions,
      expires: Number.POSITIVE_INFINITY,
      revision: n,
    });
  }
  return { texts, byDigest };
}

function accountState(text: string): AccountState {
  const name = parseAccountName(text);
  if (name === undefined) throw new Error(`${text} is not the name of an account`);
  return { name, suspended: false };
}

/** One character a byte: the form that {@link createDigestIndex} takes, and the fastest that Node makes. */
export function digestOf(text: string): string {
  return crypto.hash('sha256', text, 'binary');
}

/** The page that {@link originOf} names is the last entry of every list. */
function urlsOf(list: number, count: number): ForeignRestriction {
  const entries = Array.from({ length: count }, (_, n) =>
    n === count - 1 ? originOf(list) : `https://site-${n}.list-${list}.example`,
  );
  return { kind: 'urls', entries, strictPaths: false };
}

/** An origin that token number `n` of a population admits. */
export function originOf(n: number): string {
  return `https://maps.list-${n % DIFFERENT_LISTS}.example`;
}
