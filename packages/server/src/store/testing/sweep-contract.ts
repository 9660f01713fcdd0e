import { describe, expect, test } from 'vitest';
import type { OpenEmptyStore } from './open-store.ts';
import { accountName, accountRow, storeAccount, storeTokens, tokenId, tokenRow } from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');

export function sweepContract(open: OpenEmptyStore): void {
  describe('a sweep', () => {
    test(
      'forgets the longest expired temporary tokens and nothing else',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const temporary = (number: number, expires: number) =>
          tokenRow(tokenId(number), ACME, { usage: 'tk', expires, parent: tokenId(9) });
        await storeTokens(
          store,
          temporary(1, 100),
          { ...temporary(2, 200), status: 'revoked', revokedAt: 150 },
          temporary(3, 300),
          temporary(4, 1000),
          tokenRow(tokenId(5), ACME, { expires: 100 }),
        );
        const kept = async () => {
          const found: number[] = [];
          for (const number of [1, 2, 3, 4, 5]) if (await store.token(tokenId(number))) found.push(number);
          return found;
        };
        expect(await store.sweepTemporary({ expiredBefore: 301, limit: 2 })).toBe(2);
        expect(await kept()).toEqual([3, 4, 5]);
        expect(await store.sweepTemporary({ expiredBefore: 301, limit: 2 })).toBe(1);
        expect(await store.sweepTemporary({ expiredBefore: 301, limit: 2 })).toBe(0);
        expect(await kept()).toEqual([4, 5]);
        expect(await store.tokenByDigest(temporary(1, 100).digest)).toBe(undefined);
      }),
    );

    test(
      'forgets the oldest changes in steps, and never the newest: only cursors that are left can be continued',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        for (const number of [1, 2, 3, 4]) await storeTokens(store, tokenRow(tokenId(number), ACME));
        const head = await store.head();
        const kept = async () => (await store.changesAfter(0, 10)).map(({ revision }) => revision);
        expect(await store.chainAt(0)).toBeDefined();
        expect(await store.sweepChanges({ keep: 2, limit: 2 })).toBe(2);
        expect(await kept()).toEqual([3, 4, 5]);
        expect(await store.sweepChanges({ keep: 2, limit: 2 })).toBe(1);
        expect(await store.sweepChanges({ keep: 2, limit: 2 })).toBe(0);
        expect(await kept()).toEqual([4, 5]);
        for (const revision of [0, 1, 2, 3]) expect(await store.chainAt(revision)).toBe(undefined);
        expect(await store.chainAt(4)).toBeDefined();
        expect(await store.head()).toEqual(head);
        await storeTokens(store, tokenRow(tokenId(5), ACME));
        expect(await kept()).toEqual([4, 5, 6]);
        expect(await store.sizeBytes()).toBeGreaterThan(0);
      }),
    );

    test(
      'forgets idempotency keys by their age, in steps',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(store, tokenRow(tokenId(1), ACME));
        const row = { account: ACME, fingerprint: 'f', token: tokenId(1) };
        await store.change(async (changes) => {
          for (const at of [10, 20, 30, 40]) changes.remember({ ...row, key: `of ${at}`, at });
        });
        expect(await store.sweepIdempotency({ before: 40, limit: 2 })).toBe(2);
        expect(await store.sweepIdempotency({ before: 40, limit: 2 })).toBe(1);
        expect(await store.sweepIdempotency({ before: 40, limit: 2 })).toBe(0);
        const { value } = await store.change((changes) =>
          Promise.all([10, 20, 30, 40].map((at) => changes.remembered(ACME, `of ${at}`))),
        );
        expect(value.map((one) => one?.key)).toEqual([undefined, undefined, undefined, 'of 40']);
      }),
    );

    test(
      'frees the idempotency keys of what it forgets, and keeps the audit rows',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME, { usage: 'tk', expires: 100, parent: tokenId(9) }),
        );
        const remember = (key: string, number: number) => ({
          account: ACME,
          key,
          fingerprint: 'f',
          token: tokenId(number),
          at: 1,
        });
        await store.change(async (changes) => {
          changes.remember(remember('swept', 1));
          changes.remember(remember('kept', 2));
        });
        await store.sweepTemporary({ expiredBefore: 101, limit: 10 });
        const { value } = await store.change(async (changes) => [
          await changes.remembered(ACME, 'swept'),
          await changes.remembered(ACME, 'kept'),
        ]);
        expect(value).toEqual([undefined, remember('kept', 2)]);
        const rows = await store.auditRows({
          account: ACME,
          subject: tokenId(1),
          action: null,
          before: null,
          limit: 10,
        });
        expect(rows).toHaveLength(1);
      }),
    );

    test(
      'leaves revisions and the feed as they are',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME, { usage: 'tk', expires: 100, parent: tokenId(9) }),
        );
        const head = await store.head();
        await store.sweepTemporary({ expiredBefore: 101, limit: 10 });
        expect(await store.head()).toEqual(head);
        const { records } = await store.snapshot();
        const left: string[] = [];
        for await (const record of records) left.push(record);
        expect(left).toEqual([]);
      }),
    );
  });
}
