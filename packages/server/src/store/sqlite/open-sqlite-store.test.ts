import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../store.ts';
import { storeContract } from '../testing/contract.ts';
import {
  accountName,
  accountRow,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from '../testing/sample-rows.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const ACME = accountName('acme');
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-store-'));
  folders.push(folder);
  return folder;
}

function counting(): () => number {
  let time = 0;
  return () => ++time;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

storeContract(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-contract-'));
  const store = await openSqliteStore({ folder, now: counting() });
  return {
    store,
    async dispose() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

describe('the SQLite store', () => {
  async function withFolder(test: (store: Store, folder: string) => Promise<void>): Promise<void> {
    const folder = newFolder();
    const store = await openSqliteStore({ folder, now: counting() });
    try {
      await test(store, folder);
    } finally {
      await store.close();
    }
  }

  test('keeps everything over a restart, and goes on in the same epoch', async () => {
    const folder = newFolder();
    const first = await openSqliteStore({ folder, now: counting() });
    await storeAccount(first, accountRow(ACME));
    await storeTokens(first, tokenRow(tokenId(1), ACME));
    const head = await first.head();
    await first.close();
    const second = await openSqliteStore({ folder, now: counting() });
    expect(await second.head()).toEqual(head);
    expect(await storeTokens(second, tokenRow(tokenId(2), ACME))).toBe(3);
    await second.close();
  });

  test('makes its folder and its file for its owner only', async () => {
    const folder = join(newFolder(), 'deep', 'data');
    const store = await openSqliteStore({ folder, now: counting() });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'latchkey.db')).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test('makes every file for its owner only, also in a folder that others can read', () =>
    withFolder(async (store, folder) => {
      await storeAccount(store, accountRow(ACME));
      const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o077]);
      expect(Object.fromEntries(modes)).toMatchObject({ 'latchkey.db': 0, 'latchkey.db.lock': 0 });
      expect(modes.filter(([, others]) => others !== 0)).toEqual([]);
    }));

  test('refuses a folder that is in use, and says so', () =>
    withFolder(async (_store, folder) => {
      const file = join(folder, 'latchkey.db');
      await expect(openSqliteStore({ folder, now: counting() })).rejects.toThrow(
        `${file} is in use by another Latchkey process`,
      );
    }));

  test('takes a folder again once it is closed', async () => {
    const folder = newFolder();
    for (let i = 0; i < 3; i++) await (await openSqliteStore({ folder, now: counting() })).close();
  });

  test('refuses the database of a newer version, lets go of it and leaves it as it is', async () => {
    const folder = newFolder();
    await (await openSqliteStore({ folder, now: counting() })).close();
    const file = join(folder, 'latchkey.db');
    const raw = new Database(file);
    raw.prepare("insert into kysely_migration values ('9999-future', '2030-01-01')").run();
    raw.close();
    for (let i = 0; i < 2; i++) {
      await expect(openSqliteStore({ file, now: counting() })).rejects.toThrow(
        'the database was made by a newer Latchkey (it has 9999-future)',
      );
    }
  });

  test('never writes the text of a secret token to its files', () =>
    withFolder(async (store, folder) => {
      await storeAccount(store, accountRow(ACME));
      const leak = storeTokens(store, tokenRow(tokenId(1), ACME, { text: 'sk.canary.canary' }));
      await expect(leak).rejects.toThrow();
      const raw = new Database(join(folder, 'latchkey.db'), { readonly: true });
      expect(raw.prepare('select count(*) as rows from tokens').get()).toEqual({ rows: 0 });
      raw.close();
    }));
});
