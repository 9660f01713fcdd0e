import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageBatch } from '@latchkey/wire/feed';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import {
  accountName,
  accountRow,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from '../store/testing/sample-rows.ts';
import type { UsageStore } from '../store/usage-store.ts';
import { takeBatch } from './take-batch.ts';

const NOW = 1_800_000_000_000;
const ACME = accountName('acme');

/** Two verifiers that report, each with batches of one count. */
const history = fc.record({
  counts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
  /** In which order batches come, some of them more than once. */
  order: fc.array(fc.nat({ max: 1000 }), { maxLength: 30 }),
});

function batchesOf(counts: readonly number[], life: string): readonly UsageBatch[] {
  return counts.map((count, index) => {
    const row = { token: tokenId(1), service: 'maps', outcome: 'allowed', count } as const;
    return {
      reporter: `${life}-${index % 2}`,
      sequence: Math.floor(index / 2) + 1,
      until: null,
      isLast: false,
      counters: [{ ...row, minute: NOW - 60_000, scope: '' }],
      sources: [{ ...row, origin: '', client: '', address: '', lastAt: NOW }],
      exposures: [],
      refusals: [],
    };
  });
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-replays-'));
  const store = await openSqliteStore({ folder, now: () => NOW });
  try {
    await storeAccount(store, accountRow(ACME));
    await storeTokens(store, tokenRow(tokenId(1), ACME));
    await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Delivers every batch at least once; by how much more was counted than there was. */
async function surplusOf(
  store: Store,
  addUsage: UsageStore['addUsage'],
  { counts, order }: { readonly counts: readonly number[]; readonly order: readonly number[] },
  life: string,
): Promise<number> {
  const batches = batchesOf(counts, life);
  const before = await countedIn(store);
  const deps = { store: { addUsage, accountsOf: store.accountsOf }, now: () => NOW, addresses: false };
  const shuffled = order.flatMap((place) => batches[place % batches.length] ?? []);
  for (const batch of [...shuffled, ...batches]) {
    await takeBatch(deps, { batch, token: tokenId(9), sentAt: NOW });
  }
  return (await countedIn(store)) - before - counts.reduce((sum, count) => sum + count, 0);
}

async function countedIn(store: Store): Promise<number> {
  const query = { account: null, token: null, service: null, kind: null, byTime: false, by: [] } as const;
  const lines = await store.usage({ ...query, from: 0, to: NOW * 2, resolution: 'day' });
  return lines.reduce((sum, { count }) => sum + count, 0);
}

test('batches add what they count once, in whatever order and however often they come', async () => {
  await withStore(async (store) => {
    let lives = 0;
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        lives += 1;
        expect(await surplusOf(store, store.addUsage, one, `life-${lives}`)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});

test('a store that did not look at the numbers of batches would count replays (mutant)', async () => {
  await withStore(async (store) => {
    let additions = 0;
    const mutant: UsageStore['addUsage'] = (addition) => {
      additions += 1;
      return store.addUsage({ ...addition, reporter: `mutant-${additions}` });
    };
    const replayed = { counts: [3, 4], order: [0, 1, 0] };
    expect(await surplusOf(store, mutant, replayed, 'life')).toBe(10);
    expect(await surplusOf(store, store.addUsage, replayed, 'life')).toBe(0);
  });
});
