import type { AccountName, AccountState, TokenId, TokenRecord } from '@latchkey/core';
import { compileRestrictions, makeTokenId, NO_RESTRICTIONS, TOKEN_ID_RANDOM_BYTES } from '@latchkey/core';
import type { FeedToken } from '@latchkey/wire/feed';

/** A record as the replica keeps it. */
export interface HeldRecord extends TokenRecord {
  readonly digest: string;
}

/** Stands where a broken record tells only a digest. No real token has it: an id is random. */
export const NAMELESS: TokenId = makeTokenId(new Uint8Array(TOKEN_ID_RANDOM_BYTES));

/** Stands for the account of a tombstone or a broken record, which do not tell theirs; no real account has an empty name. */
const NO_ACCOUNT: AccountState = Object.freeze({ name: '' as AccountName, suspended: false });

/** Compiles a token once, when its record comes. Never throws: what cannot be compiled becomes a denied record. */
export function holdToken(token: FeedToken, account: AccountState): HeldRecord {
  const { id, digest, usage, scopes, expires, revision } = token;
  try {
    return {
      id,
      // A token that is suspended by itself shares its account with nobody.
      account: token.status === 'suspended' ? { name: token.account, suspended: true } : account,
      usage,
      revoked: false,
      bad: undefined,
      scopes,
      restrictions: compileRestrictions(token.restrictions),
      expires: expires ?? Number.POSITIVE_INFINITY,
      revision,
      digest,
    };
  } catch {
    return holdBroken(id, digest, revision, 'restrictions cannot be read');
  }
}

/** A tombstone. Whose token it was is kept where that is known. */
export function holdTombstone(
  id: TokenId,
  digest: string,
  revision: number,
  former: HeldRecord | undefined,
): HeldRecord {
  const { account, usage } = former ?? { account: NO_ACCOUNT, usage: 'sk' as const };
  return { ...DENIED, id, account, usage, revoked: true, bad: undefined, revision, digest };
}

/** A token whose record is broken: denied by name. */
export function holdBroken(id: TokenId, digest: string, revision: number, reason: string): HeldRecord {
  return { ...DENIED, id, revoked: false, bad: reason, revision, digest };
}

const DENIED = {
  id: NAMELESS,
  account: NO_ACCOUNT,
  usage: 'sk',
  revoked: false,
  bad: undefined,
  scopes: [],
  restrictions: NO_RESTRICTIONS,
  expires: Number.POSITIVE_INFINITY,
} as const;
