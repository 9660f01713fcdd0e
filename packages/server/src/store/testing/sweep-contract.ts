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
