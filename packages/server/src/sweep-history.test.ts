import { expect, test } from 'vitest';
import { sweepHistory } from './sweep-history.ts';
import { createToken } from './tokens/create-token.ts';
import { HOUR_MS, NOON, openWorld, succeeded } from './tokens/testing/world.ts';

const WEEK_MS = 7 * 24 * HOUR_MS;

test('a creating call that is sent again makes nothing for a week; after it, another token', async () => {
  const world = await openWorld();
  const { deps, acme } = world;
  const at = (now: number) => ({ ...deps, now: () => now });
  const input = { account: 'acme', scopes: [], idempotencyKey: 'job-1' };
  const create = async (now: number) => succeeded(await createToken(at(now), acme, input)).value;
  const first = await create(NOON);
  const sweep = (now: number) => sweepHistory({ store: deps.store, keepChanges: 1000, now: () => now });
  expect(await sweep(NOON + WEEK_MS)).toEqual({ changes: 0, keys: 0 });
  expect(await create(NOON + WEEK_MS)).toMatchObject({ replayed: true, token: { id: first.token.id } });
  expect(await sweep(NOON + WEEK_MS + 1)).toEqual({ changes: 0, keys: 1 });
  const later = await create(NOON + WEEK_MS + 1);
  expect(later.replayed).toBe(false);
  expect(later.token.id).not.toBe(first.token.id);
  await world.close();
});

test('the log of changes holds no more than it is to keep, however many there were', async () => {
  const world = await openWorld();
  const { store } = world.deps;
  await Promise.all(
    Array.from({ length: 3000 }, (_, n) => world.holder({ scopes: ['styles:read'], note: `token ${n}` })),
  );
  const { revision } = await store.head();
  const swept = await sweepHistory({ store, keepChanges: 500, now: () => NOON });
  expect(swept.changes).toBe(revision - 500);
  const left = await store.changesAfter(0, 1000);
  expect(left.map((change) => change.revision)).toEqual(
    Array.from({ length: 500 }, (_, n) => revision - 499 + n),
  );
  await world.close();
});
