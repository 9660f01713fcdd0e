import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, test } from 'vitest';
import type { SqlEngine } from '../sql/engine.ts';
import type { Schema } from '../sql/schema.ts';
import { openSqlStore } from '../sql/sql-store.ts';
import {
  accountName,
  accountRow,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from '../testing/sample-rows.ts';

const ACME = accountName('acme');

/** A store whose connection the test can reach behind its back. */
async function openBare() {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-disk-'));
  const raw = new Database(join(folder, 'latchkey.db'));
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: raw }) });
  const engine: SqlEngine = {
    writer: db,
    reader: db,
    begin: 'begin immediate',
    isInTransaction: () => raw.inTransaction,
    sizeBytes: async () => 0,
    openReader: () => ({ db, close: async () => {} }),
    close: async () => {},
  };
  const store = await openSqlStore({ engine, now: () => 1, newEpoch: 'test' });
  return {
    raw,
    store,
    async dispose() {
      await store.close();
      raw.close();
      rmSync(folder, { recursive: true });
    },
  };
}

test('on a full disk every change is rejected or kept whole, and changes go on once there is room', async () => {
  const { raw, store, dispose } = await openBare();
  await storeAccount(store, accountRow(ACME));

  const pages: unknown = raw.pragma('page_count', { simple: true });
  raw.pragma(`max_page_count = ${Number(pages) + 12}`);
  const note = 'x'.repeat(500);
  const kept: number[] = [];
  let rejected = 0;
  for (let round = 0; round < 20; round++) {
    const numbers = Array.from({ length: 5 }, (_, i) => round * 5 + i);
    const results = await Promise.allSettled(
      numbers.map((number) => storeTokens(store, tokenRow(tokenId(number), ACME, { note }))),
    );
    results.forEach((result, i) => {
      if (result.status === 'fulfilled') kept.push(numbers[i] ?? -1);
      else rejected += 1;
    });
  }
  expect(kept.length).toBeGreaterThan(0);
  expect(rejected).toBeGreaterThan(0);

  raw.pragma('max_page_count = 1000000');
  expect(await storeTokens(store, tokenRow(tokenId(1000), ACME))).toBe(kept.length + 2);
  const present = [];
  for (let number = 0; number < 100; number++) if (await store.token(tokenId(number))) present.push(number);
  expect(present).toEqual(kept);
  const audit = await store.auditRows({
    account: null,
    subject: null,
    action: null,
    before: null,
    limit: 1000,
  });
  expect(audit.map(({ sequence }) => sequence)).toEqual(audit.map((_, i) => audit.length - i));
  expect(audit.length).toBe(kept.length + 2);

  await dispose();
});

test('a transaction that the engine has ended by itself fails its whole group and leaves nothing', async () => {
  const { raw, store, dispose } = await openBare();
  await storeAccount(store, accountRow(ACME));
  const results = await Promise.allSettled([
    storeTokens(store, tokenRow(tokenId(1), ACME)),
    store.change(async () => {
      raw.exec('rollback');
      throw new Error('the disk failed');
    }),
    storeTokens(store, tokenRow(tokenId(2), ACME)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await store.token(tokenId(1))).toBe(undefined);
  expect(await store.token(tokenId(2))).toBe(undefined);
  expect(await storeTokens(store, tokenRow(tokenId(3), ACME))).toBe(2);
  await dispose();
});
