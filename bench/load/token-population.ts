import crypto from 'node:crypto';
import type { ForeignRestriction, Scope, TokenRecord } from '@latchkey/core';
import {
  formatTokenText,
  makeTokenId,
  parseAccountName,
  SIGNATURE_BYTES,
  TOKEN_ID_RANDOM_BYTES,
} from '@latchkey/core';
import { createReplica, type Replica } from '../../packages/verifier/src/replica/replica.ts';

export interface Population {
  readonly texts: readonly string[];
  /** The look-up of the replica that holds the tokens. */
  readonly find: (digest: string) => TokenRecord | undefined;
}

/** Different lists of URLs; the tokens share them. */
const DIFFERENT_LISTS = 100;
const ACCOUNTS = 500;

/** Adds `count` public tokens, each with `urlCount` URLs, to a verifier's replica. */
export function makePopulation(
  count: number,
  urlCount: number,
  scopes: readonly Scope[],
  replica: Replica = createReplica(),
): Population {
  const lists = Array.from({ length: DIFFERENT_LISTS }, (_, list) =>
    urlCount === 0 ? [] : [urlsOf(list, urlCount)],
  );
  const texts: string[] = [];
  const before = replica.size;
  for (let n = 0; n < count; n += 1) {
    const account = parseAccountName(`account-${n % ACCOUNTS}`);
    const restrictions = lists[n % lists.length];
    if (account === undefined || restrictions === undefined) throw new Error('the population cannot be made');
    const id = makeTokenId(crypto.randomBytes(TOKEN_ID_RANDOM_BYTES));
    const signature = crypto.randomBytes(SIGNATURE_BYTES);
    const text = formatTokenText({ usage: 'pk', account, id, signature });
    const digest = crypto.hash('sha256', text, 'base64url');
    const record = { id, digest, account, usage: 'pk', status: 'active', scopes, restrictions } as const;
    const revision = before + n;
    texts.push(text);
    replica.take({ ok: true, record: { ...record, expires: null, parent: null, revision } }, revision);
  }
  return { texts, find: replica.find };
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
