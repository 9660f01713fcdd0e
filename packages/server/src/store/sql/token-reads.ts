import type { AccountName, TokenId } from '@latchkey/core';
import type { Kysely } from 'kysely';
import type { AccountRow, TokenRow } from '../rows.ts';
import type { AccountStore, TokenStore } from '../store.ts';
import { accountOf, tokenOf } from './row-codec.ts';
import type { AccountColumns, Schema, TokenColumns, TokenHistoryColumns } from './schema.ts';
import { statement } from './statement.ts';
import { listTokenRows } from './token-list.ts';

/** The token's columns, and those of its account under names of their own. */
type Owned = TokenColumns & {
  owner_kind: AccountColumns['kind'];
  owner_status: AccountColumns['status'];
  owner_allowance: string | null;
  owner_created_at: number;
  owner_modified_at: number;
};

/** Look-ups of what is committed. */
export function tokenReads(db: Kysely<Schema>): AccountStore & TokenStore {
  const byName = statement<{ name: AccountName }, AccountColumns>((value) =>
    db.selectFrom('accounts').selectAll().where('name', '=', value('name')),
  );
  const byId = statement<{ id: TokenId }, TokenColumns & TokenHistoryColumns>((value) =>
    db.selectFrom('tokens').selectAll().where('id', '=', value('id')),
  );
  // The token is found first, by itself: SQLite plans a join again at each run whose parameters its planner has looked at.
  const byDigest = statement<{ digest: string }, Owned>((value) =>
    db
      .with(
        (found) => found('found').materialized(),
        (found) => found.selectFrom('tokens').selectAll().where('digest', '=', value('digest')),
      )
      .selectFrom('found')
      .innerJoin('accounts', 'accounts.name', 'found.account')
      .selectAll('found')
      .select([
        'accounts.kind as owner_kind',
        'accounts.status as owner_status',
        'accounts.allowance as owner_allowance',
        'accounts.created_at as owner_created_at',
        'accounts.modified_at as owner_modified_at',
      ]),
  );
  return {
    async account(name): Promise<AccountRow | undefined> {
      const [columns] = (await db.executeQuery(byName({ name }))).rows;
      return columns && accountOf(columns);
    },
    async accounts({ after, limit }): Promise<readonly AccountRow[]> {
      const all = db.selectFrom('accounts').selectAll().orderBy('name').limit(limit);
      const found = await (after === null ? all : all.where('name', '>', after)).execute();
      return found.map(accountOf);
    },
    async token(id): Promise<TokenRow | undefined> {
      const [columns] = (await db.executeQuery(byId({ id }))).rows;
      return columns && tokenOf(columns);
    },
    async lastingGrant(id) {
      const [columns] = (await db.executeQuery(byId({ id }))).rows;
      if (columns === undefined) return undefined;
      const { usage, scopes } = tokenOf(columns);
      return { usage, scopes: columns.scopes_fixed === 1 ? scopes : [] };
    },
    async tokenByDigest(digest) {
      const [columns] = (await db.executeQuery(byDigest({ digest }))).rows;
      return columns && { token: tokenOf(columns), account: ownerOf(columns) };
    },
    tokens: (query) => listTokenRows(db, query),
  };
}

function ownerOf(columns: Owned): AccountRow {
  return accountOf({
    name: columns.account,
    kind: columns.owner_kind,
    status: columns.owner_status,
    allowance: columns.owner_allowance,
    created_at: columns.owner_created_at,
    modified_at: columns.owner_modified_at,
    revision: 0,
  });
}
