import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Tombstone } from '../rows.ts';
import {
  accountName,
  accountRow,
  put,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from '../testing/sample-rows.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const ACME = accountName('acme');

test('a revocation that cannot be written down is not acknowledged; what shares its commit is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-unrecorded-'));
  const asked: (readonly Tombstone[])[] = [];
  const store = await openSqliteStore({
    folder,
    now: () => 1,
    recordRevocations: async (revoked) => {
      asked.push(revoked);
      throw new Error('the journal is full');
    },
  });
  await storeAccount(store, accountRow(ACME));
  const [row, digest] = [tokenRow(tokenId(1), ACME), tokenRow(tokenId(1), ACME).digest];
  await storeTokens(store, row, tokenRow(tokenId(2), ACME));
  expect(asked).toEqual([]);
  const outcomes = await Promise.allSettled([
    store.change(async (changes) =>
      put(changes, { ...row, status: 'revoked', revokedAt: 2 }, 'token.revoke'),
    ),
    store.change(async (changes) => put(changes, tokenRow(tokenId(3), ACME))),
  ]);
  expect(outcomes).toEqual([
    { status: 'rejected', reason: new Error('the journal is full') },
    { status: 'fulfilled', value: { value: undefined, revision: 5 } },
  ]);
  expect(asked).toEqual([[{ id: tokenId(1), digest }]]);
  // Verifiers hear of it all the same.
  expect((await store.token(tokenId(1)))?.status).toBe('revoked');
  expect((await store.head()).revision).toBe(5);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
