import type { FeedAccount, FeedToken, FeedTombstone } from '@latchkey/wire/feed';
import type { AccountRow, TokenRow } from './rows.ts';

/** The token as verifiers hear of it. Text, note and people are never in it; a revoked token is a tombstone. */
export function feedRecordOfToken(row: TokenRow, revision: number): FeedToken | FeedTombstone {
  if (row.status === 'revoked') return { id: row.id, digest: row.digest, status: 'revoked', revision };
  return {
    id: row.id,
    digest: row.digest,
    account: row.account,
    usage: row.usage,
    status: 'active',
    scopes: row.scopes,
    restrictions: row.restrictions,
    expires: row.expires,
    parent: row.parent,
    revision,
  };
}

/** The account's status as verifiers hear of it; it covers all of its tokens. */
export function feedRecordOfAccount(row: AccountRow, revision: number): FeedAccount {
  return { kind: 'account', account: row.name, status: row.status, revision };
}
