import { describe, expect, test } from 'vitest';
import type { RotationRow } from '../rows.ts';
import type { Store } from '../store.ts';
import type { OpenEmptyStore } from './open-store.ts';
import {
  accountName,
  accountRow,
  entry,
  put,
  rotationRow,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');

export function rotationContract(open: OpenEmptyStore): void {
  describe('a rotation', () => {
    test(
      'is found by either token, as it was put last',
      withStore(open, async (store) => {
        await fill(store, 4);
        const first = rotationRow(tokenId(1), tokenId(2), ACME, { dueAt: 50, quietMs: 20 });
        await putAll(store, first, rotationRow(tokenId(3), tokenId(4), ACME));
        expect(await store.rotationsOf([tokenId(1), tokenId(2)])).toEqual([first]);
        expect(await store.rotationsOf([])).toEqual([]);
        for (const number of [1, 2]) expect(await store.rotationUnderway(tokenId(number))).toEqual(first);

        const waits: RotationRow = {
          ...first,
          dueAt: 70,
          waitsFor: [
            { kind: 'use', lastUsedAt: 44 },
            { kind: 'verifiers', count: 2, decideUntil: 90 },
          ],
        };
        await putAll(store, waits);
        expect(await store.rotationsOf([tokenId(1)])).toEqual([waits]);
        const { value } = await store.change(async (changes) => [
          await changes.rotation(tokenId(1)),
          await changes.rotationTo(tokenId(2)),
          await changes.rotation(tokenId(2)),
          await changes.rotationTo(tokenId(1)),
        ]);
        expect(value).toEqual([waits, waits, undefined, undefined]);
      }),
    );

    test(
      'may be put in the change that makes its successor, and goes with that change where it fails',
      withStore(open, async (store) => {
        await fill(store, 1);
        const rotation = rotationRow(tokenId(1), tokenId(2), ACME);
        const begin = (fails: boolean) =>
          store.change(async (changes) => {
            changes.putRotation(rotation);
            put(changes, tokenRow(tokenId(2), ACME));
            if (fails) throw new RangeError('changed my mind');
          });
        await expect(begin(true)).rejects.toThrow(RangeError);
        expect(await store.rotationUnderway(tokenId(1))).toBe(undefined);
        await begin(false);
        expect(await store.rotationUnderway(tokenId(1))).toEqual(rotation);
      }),
    );

    test(
      'of a token that is not there, or to a successor that another token has, is undone',
      withStore(open, async (store) => {
        await fill(store, 3);
        await expect(putAll(store, rotationRow(tokenId(1), tokenId(9), ACME))).rejects.toThrow();
        await putAll(store, rotationRow(tokenId(1), tokenId(3), ACME));
        await expect(putAll(store, rotationRow(tokenId(2), tokenId(3), ACME))).rejects.toThrow();
        expect(await store.rotationsOf([tokenId(1), tokenId(2)])).toHaveLength(1);
      }),
    );

    test(
      'that is due is told, the longest due first, until it ends or is dropped',
      withStore(open, async (store) => {
        await fill(store, 8);
        const due = (number: number, dueAt: number) =>
          rotationRow(tokenId(number), tokenId(number + 4), ACME, { dueAt });
        await putAll(store, due(1, 30), due(2, 10), due(3, 20), due(4, 31));
        const told = async (limit: number) =>
          (await store.dueRotations({ at: 30, limit })).map(({ token }) => token);
        expect(await told(9)).toEqual([tokenId(2), tokenId(3), tokenId(1)]);
        expect(await told(2)).toEqual([tokenId(2), tokenId(3)]);

        const ended = { ...due(2, 10), endedAt: 30 };
        await putAll(store, ended);
        await store.change(async (changes) => changes.dropRotation(tokenId(3)));
        expect(await told(9)).toEqual([tokenId(1)]);
        expect(await store.rotationUnderway(tokenId(2))).toBe(undefined);
        expect(await store.rotationsOf([tokenId(2), tokenId(3)])).toEqual([ended]);
      }),
    );

    test(
      'is decided on uses that a server noted itself, too: the newest of each kind stays',
      withStore(open, async (store) => {
        const use = (at: number, kind: 'allowed' | 'refused' = 'allowed') =>
          ({
            token: tokenId(1),
            account: ACME,
            kind,
            at,
            outcome: kind === 'allowed' ? 'allowed' : 'expired',
            service: 'latchkey',
            origin: '',
            client: 'curl',
          }) as const;
        await store.noteUses([]);
        await store.noteUses([use(5), use(7), use(6), use(9, 'refused')]);
        await store.noteUses([use(4)]);
        const uses = await store.lastUses([tokenId(1), tokenId(2)]);
        expect(uses.toSorted((a, b) => a.at - b.at)).toEqual([use(7), use(9, 'refused')]);
      }),
    );

    test(
      'that is told in the audit log leaves its token where it stands in every list',
      withStore(open, async (store) => {
        await fill(store, 3);
        for (const sortBy of ['created', 'modified'] as const) {
          const query = {
            account: ACME,
            usages: ['sk'],
            statuses: ['active'],
            expiry: null,
            isDefault: null,
            scope: null,
            search: null,
            unusedSince: null,
            isExposed: null,
            isAnywhere: null,
            sortBy,
            limit: 1,
          } as const;
          const first = await store.tokens({ ...query, after: null });
          await store.change(async (changes) => {
            await changes.token(tokenId(1));
            changes.audit(entry(ACME, tokenId(1), 'rotation.postpone'));
          });
          const second = await store.tokens({ ...query, after: first.next });
          const third = await store.tokens({ ...query, after: second.next });
          expect([first, second, third].map(({ rows }) => rows[0]?.id)).toEqual([
            tokenId(3),
            tokenId(2),
            tokenId(1),
          ]);
        }
      }),
    );
  });
}

async function fill(store: Store, count: number): Promise<void> {
  await storeAccount(store, accountRow(ACME));
  const rows = Array.from({ length: count }, (_, index) => tokenRow(tokenId(index + 1), ACME));
  await storeTokens(store, ...rows);
}

async function putAll(store: Store, ...rows: RotationRow[]): Promise<void> {
  await store.change(async (changes) => {
    for (const row of rows) changes.putRotation(row);
  });
}
