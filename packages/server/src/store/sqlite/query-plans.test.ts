import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, test } from 'vitest';
import type { Schema } from '../sql/schema.ts';
import { openSqlStore } from '../sql/sql-store.ts';
import type { Store, TokenQuery } from '../store.ts';
import {
  accountName,
  accountRow,
  put,
  rotationRow,
  scopesOf,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from '../testing/sample-rows.ts';

const ACME = accountName('acme');

test('no query reads a whole table, or all tokens of an account whatever they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-plans-'));
  const raw = new Database(join(folder, 'latchkey.db'));
  const seen = new Set<string>();
  let watching = false;
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: raw }),
    log({ query }) {
      if (watching && /^(select|with|insert|update|delete)\b/.test(query.sql)) seen.add(query.sql);
    },
  });
  const reader = { db, close: async () => {} };
  const engine = {
    writer: db,
    reader: db,
    begin: 'begin',
    isInTransaction: () => raw.inTransaction,
    sizeBytes: async () => 0,
    openReader: () => reader,
    close: async () => {},
  };
  const store = await openSqlStore({ engine, now: () => 1, newEpoch: 'test' });
  watching = true;
  await askEverything(store);
  watching = false;

  expect(seen.size).toBeGreaterThan(25);
  for (const sql of seen) {
    const plan = raw.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...blanks(sql));
    for (const { detail } of plan) {
      for (const pattern of [WHOLE_TABLE, WHOLE_ACCOUNT, MANY_EVENTS]) {
        expect(`${detail}\n${sql}`).not.toMatch(pattern);
      }
    }
  }
  await store.close();
  raw.close();
  rmSync(folder, { recursive: true });
});

/** A walk along an index that ends at the limit of a page, or over the few suspended accounts, is none. */
const WHOLE_TABLE =
  /^SCAN (tokens|t|rotations)\b|^SCAN (audit|a|earlier|changes|idempotency|accounts)(?! USING )\b/;

const WHOLE_ACCOUNT = /^SEARCH (tokens|t) USING .*INDEX tokens_by_\w+ \(account=\?\)/;

/** Inside a list, an audit row is found by its token, not among all rows of an action or an account. */
const MANY_EVENTS = /^SEARCH (audit|earlier) USING .*INDEX audit_by_(action|account)\b[\s\S]*place/;

function blanks(sql: string): null[] {
  return Array.from({ length: sql.split('?').length - 1 }, () => null);
}

async function askEverything(store: Store): Promise<void> {
  await storeAccount(store, accountRow(ACME));
  await storeTokens(store, ...[1, 2, 3].map((number) => tokenRow(tokenId(number), ACME)));
  await store.change(async (changes) => {
    await changes.account(ACME);
    await changes.operatorAccount();
    await changes.defaultToken(ACME);
    await changes.descendants(tokenId(1));
    await changes.remembered(ACME, 'k');
    changes.remember({ account: ACME, key: 'k', fingerprint: 'f', token: tokenId(1), at: 1 });
    await changes.rotation(tokenId(1));
    await changes.rotationTo(tokenId(2));
    const row = await changes.token(tokenId(1));
    changes.putRotation(rotationRow(tokenId(1), tokenId(2), ACME));
    changes.putRotation(rotationRow(tokenId(2), tokenId(3), ACME));
    changes.dropRotation(tokenId(2));
    if (row !== undefined) put(changes, row, 'token.update');
  });
  await storeTokens(store, tokenRow(tokenId(4), ACME, { usage: 'tk', expires: 1, parent: tokenId(1) }));
  expect(await store.sweepTemporary({ expiredBefore: 2, limit: 5 })).toBe(1);
  await store.sweepChanges({ keep: 1, limit: 1 });
  await store.sweepIdempotency({ before: 2, limit: 5 });
  await store.account(ACME);
  await store.accounts({ after: null, limit: 5 });
  await store.accounts({ after: ACME, limit: 5 });
  await store.token(tokenId(1));
  await store.tokenByDigest('d');
  await store.rotationsOf([tokenId(1), tokenId(2)]);
  await store.rotationUnderway(tokenId(2));
  await store.dueRotations({ at: 5, limit: 5 });
  await store.head();
  await store.auditAfter(await store.auditSequence(), 5);
  await store.changesAfter(0, 5);
  await store.chainAt(1);
  const { records } = await store.snapshot();
  for await (const _ of records);
  for (const account of [null, ACME]) {
    for (const subject of [null, tokenId(1)]) {
      for (const action of [null, 'token.create'] as const) {
        for (const before of [null, 3]) await store.auditRows({ account, subject, action, before, limit: 5 });
      }
    }
  }
  const [scope = null] = scopesOf('a:b');
  for (const sortBy of ['created', 'modified', 'note', 'lastUsed'] as const) {
    const all: TokenQuery = {
      account: ACME,
      usages: ['pk', 'sk'],
      statuses: ['active', 'revoked'],
      expiry: null,
      isDefault: null,
      scope: null,
      search: null,
      unusedSince: null,
      isExposed: null,
      isAnywhere: null,
      sortBy,
      after: null,
      limit: 1,
    };
    const { next } = await store.tokens(all);
    await store.tokens({ ...all, after: next });
    await store.tokens({ ...all, unusedSince: 5, isExposed: true, isAnywhere: true });
    for (const isOver of [true, false]) await store.tokens({ ...all, expiry: { at: 5, isOver } });
    for (const isDefault of [true, false]) await store.tokens({ ...all, isDefault, scope, search: 'x' });
  }
}
