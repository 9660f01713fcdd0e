import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OpenEmptyStore } from './open-store.ts';
import {
  accountName,
  accountRow,
  entry,
  put,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');

export function feedContract(open: OpenEmptyStore): void {
  describe('the change log', () => {
    test(
      'begins at revision 0 in an epoch of its own',
      withStore(open, async (store) => {
        const head = await store.head();
        expect(head).toEqual({
          epoch: expect.stringMatching(/^[\w-]{1,64}$/),
          revision: 0,
          chain: '0'.repeat(64),
        });
        expect(await store.chainAt(0)).toBe(head.chain);
        expect(await store.chainAt(1)).toBe(undefined);
      }),
    );

    test(
      'chains every change: SHA-256 over the digest before and the record, so that two histories never look alike',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(store, tokenRow(tokenId(1), ACME), tokenRow(tokenId(2), ACME));
        const changes = await store.changesAfter(0, 10);
        let chain = '0'.repeat(64);
        for (const change of changes) {
          chain = hash('sha256', chain + change.record);
          expect(change.chain).toBe(chain);
          expect(await store.chainAt(change.revision)).toBe(chain);
        }
        expect(await store.head()).toMatchObject({ revision: 3, chain });
        expect((await store.changesAfter(1, 1)).map(({ revision }) => revision)).toEqual([2]);
      }),
    );

    test(
      'tells an active token without its text, note or people, and a revoked one as a tombstone',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const row = tokenRow(tokenId(1), ACME, {
          usage: 'pk',
          text: 'pk.canary',
          note: 'canary',
          expires: 99,
        });
        await storeTokens(store, row);
        await storeTokens(store, { ...row, status: 'revoked', revokedAt: 5, revision: 2 });
        const [, made, ended] = (await store.changesAfter(0, 10)).map(({ record }) => record);
        expect(JSON.parse(made ?? '')).toEqual({
          id: row.id,
          digest: row.digest,
          account: 'acme',
          usage: 'pk',
          status: 'active',
          scopes: ['styles:write'],
          restrictions: [],
          expires: 99,
          parent: null,
          revision: 2,
        });
        expect(made).not.toContain('canary');
        expect(JSON.parse(ended ?? '')).toEqual({
          id: row.id,
          digest: row.digest,
          status: 'revoked',
          revision: 3,
        });
      }),
    );

    test(
      'has a snapshot of suspended accounts, tokens and tombstones as they are at its head',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeAccount(store, accountRow(accountName('gone'), { status: 'suspended' }));
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME),
          tokenRow(tokenId(2), ACME, { status: 'revoked' }),
        );
        const snapshot = await store.snapshot();
        await storeTokens(store, tokenRow(tokenId(3), ACME));
        const records: unknown[] = [];
        for await (const record of snapshot.records) records.push(JSON.parse(record));
        expect(snapshot.head.revision).toBe(4);
        expect(records).toMatchObject([
          { kind: 'account', account: 'gone', status: 'suspended', revision: 2 },
          { id: tokenId(1), status: 'active', revision: 3 },
          { id: tokenId(2), status: 'revoked', revision: 4 },
        ]);
      }),
    );

    test(
      'has a snapshot of any length, and lets go of it when its reader gives up',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await store.change(async (changes) => {
          for (let i = 0; i < 2100; i++) put(changes, tokenRow(tokenId(i), ACME));
        });
        const whole = await store.snapshot();
        const ids = new Set<string>();
        for await (const record of whole.records) ids.add(record.slice(0, 33));
        expect(ids.size).toBe(2100);
        const broken = await store.snapshot();
        for await (const record of broken.records) if (record.includes(tokenId(5))) break;
        expect(await storeTokens(store, tokenRow(tokenId(9000), ACME))).toBe(2102);
      }),
    );

    test(
      'tells of a resumed account with a change of its own',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME, { status: 'suspended' }));
        await store.change(async (changes) => {
          changes.putAccount(accountRow(ACME));
          changes.audit(entry(ACME, ACME, 'account.resume'));
        });
        const [, resumed] = await store.changesAfter(0, 10);
        expect(JSON.parse(resumed?.record ?? '')).toEqual({
          kind: 'account',
          account: 'acme',
          status: 'active',
          revision: 2,
        });
      }),
    );
  });
}
