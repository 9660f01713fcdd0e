import { describe, expect, test } from 'vitest';
import type { AlarmRow, VerifierRow } from '../rows.ts';
import type { OpenEmptyStore } from './open-store.ts';
import { accountName, accountRow, storeAccount, storeTokens, tokenId, tokenRow } from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');

function verifierRow(id: string, over: Partial<VerifierRow> = {}): VerifierRow {
  return {
    id,
    token: tokenId(1),
    name: 'maps',
    version: '0.1.0',
    process: 'p1',
    formerProcesses: [{ process: 'p0', until: 5 }],
    isConnected: true,
    connectedAt: 10,
    ackedAt: null,
    ackedBefore: 1000,
    epoch: '',
    applied: [],
    staleness: { secret: 900, temporary: 60, public: 3600 },
    former: null,
    rejected: [],
    ...over,
  };
}

export function verifierContract(open: OpenEmptyStore): void {
  describe('what verifiers applied', () => {
    test(
      'is kept as it was saved, and replaced by what is saved later',
      withStore(open, async (store) => {
        expect(await store.verifiers()).toEqual([]);
        const second = verifierRow('b', { name: null, version: null });
        await store.saveVerifiers([second, verifierRow('a')]);
        expect(await store.verifiers()).toEqual([verifierRow('a'), second]);
        const later = verifierRow('a', {
          isConnected: false,
          ackedAt: 2000,
          ackedBefore: 2000,
          epoch: 'one',
          applied: [
            { revision: 3, at: 1500 },
            { revision: 7, at: 2000 },
          ],
          rejected: [{ revision: 5, id: null, reason: 'no id' }],
        });
        await store.saveVerifiers([later]);
        expect(await store.verifiers()).toEqual([later, second]);
        expect(await store.verifier('a')).toEqual(later);
        expect(await store.verifier('c')).toBeUndefined();
      }),
    );

    test(
      'is forgotten once the longest bound of the verifier has passed',
      withStore(open, async (store) => {
        await store.saveVerifiers([verifierRow('a'), verifierRow('b', { ackedBefore: 5000 })]);
        expect(await store.forgetVerifiers(1000 + 3_600_000)).toBe(0);
        expect(await store.forgetVerifiers(1001 + 3_600_000)).toBe(1);
        expect((await store.verifiers()).map(({ id }) => id)).toEqual(['b']);
      }),
    );
  });

  describe('an epoch', () => {
    test(
      'begins where the one before stands, once, and leaves an alarm',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const before = await store.head();
        const alarm: AlarmRow = { epoch: 'second', at: 5, reason: 'journal', revived: 2 };
        expect(await store.startEpoch(alarm, before.epoch)).toEqual({ ...before, epoch: 'second' });
        const late: AlarmRow = { epoch: 'third', at: 6, reason: 'cursor', revived: 0 };
        expect((await store.startEpoch(late, before.epoch)).epoch).toBe('second');
        expect((await store.head()).epoch).toBe('second');
        expect(await store.alarms(10)).toEqual([alarm]);
        expect(await store.countRevived('second', 3)).toBe(true);
        expect(await store.countRevived(before.epoch, 3)).toBe(false);
        expect(await store.alarms(10)).toEqual([{ ...alarm, revived: 5 }]);
        expect(await storeAccount(store, accountRow(accountName('rival')))).toBe(2);
        await store.startEpoch({ ...late, epoch: 'fourth' }, 'second');
        expect((await store.alarms(1)).map(({ epoch }) => epoch)).toEqual(['fourth']);
      }),
    );
  });

  describe('revocations', () => {
    test(
      'are told by id, and what lives in spite of one is found by id and digest together',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const row = (number: number) => tokenRow(tokenId(number), ACME);
        const gone = { status: 'revoked', revokedAt: 2 } as const;
        await storeTokens(store, { ...row(1), ...gone }, row(2), { ...row(3), ...gone });
        const tombstone = (number: number) => ({ id: tokenId(number), digest: row(number).digest });
        expect(await store.tombstones({ after: '', limit: 1 })).toEqual([tombstone(1)]);
        expect(await store.tombstones({ after: tokenId(1), limit: 9 })).toEqual([tombstone(3)]);
        const wrong = { id: tokenId(2), digest: 'another' };
        expect(await store.revivedAmong([tombstone(1), tombstone(2), tombstone(4)])).toEqual([tombstone(2)]);
        expect(await store.revivedAmong([wrong])).toEqual([]);
        expect(await store.revivedAmong([])).toEqual([]);
      }),
    );
  });
}
