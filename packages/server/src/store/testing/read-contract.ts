import { describe, expect, test } from 'vitest';
import type { OpenEmptyStore } from './open-store.ts';
import {
  accountName,
  accountRow,
  entry,
  put,
  scopesOf,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');
const OTHER = accountName('other');
const DAY_MS = 24 * 3600 * 1000;

export function readContract(open: OpenEmptyStore): void {
  describe('what is stored', () => {
    test(
      'tells which scopes a token has had ever since it was made, for all that was changed',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const made = tokenRow(tokenId(1), ACME, { usage: 'pk', text: 'pk.x.y', scopes: scopesOf('a:b') });
        const lasting = () => store.lastingGrant(made.id);
        expect(await lasting()).toBe(undefined);
        await storeTokens(store, made);
        await storeTokens(store, { ...made, note: 'other', modifiedAt: 5, expires: 9 });
        expect(await lasting()).toEqual({ usage: 'pk', scopes: ['a:b'] });
        await storeTokens(store, { ...made, status: 'revoked', revokedAt: 6 });
        expect(await lasting()).toEqual({ usage: 'pk', scopes: ['a:b'] });
        const other = tokenRow(tokenId(2), ACME, { scopes: scopesOf('a:b') });
        await storeTokens(store, other);
        await storeTokens(store, { ...other, scopes: scopesOf('a:b', 'c:d') });
        await storeTokens(store, other);
        expect(await store.lastingGrant(other.id)).toEqual({ usage: 'sk', scopes: [] });
      }),
    );

    test(
      'comes back as it went in',
      withStore(open, async (store) => {
        const account = accountRow(ACME, {
          kind: 'operator',
          allowance: scopesOf('a:b'),
          createdAt: 3,
          modifiedAt: 4,
        });
        await storeAccount(store, account);
        const row = tokenRow(tokenId(1), ACME, {
          usage: 'pk',
          text: 'pk.x.y',
          note: 'Straße 地图',
          scopes: scopesOf('a:b', 'c:d'),
          restrictions: [{ kind: 'urls', entries: ['https://a.example'], strictPaths: true }],
          expires: 1_800_000_000_000,
          replaces: tokenId(7),
          isDefault: true,
          createdAt: 1_700_000_000_001,
          modifiedAt: 1_700_000_000_002,
        });
        await storeTokens(store, row);
        const stored = { ...row, revision: 2 };
        expect(await store.account(ACME)).toEqual(account);
        expect(await store.token(row.id)).toEqual(stored);
        expect(await store.tokenByDigest(row.digest)).toEqual({ token: stored, account });
        expect(await store.account(OTHER)).toBe(undefined);
        expect(await store.tokenByDigest('none')).toBe(undefined);
        await store.ping();
        const { value } = await store.change(async (changes) => [
          await changes.account(ACME),
          await changes.operatorAccount(),
          await changes.token(row.id),
          await changes.defaultToken(ACME),
          await changes.defaultToken(OTHER),
        ]);
        expect(value).toEqual([account, account, stored, stored, undefined]);
      }),
    );

    test(
      'of a default token that is revoked is no default token any more',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const row = tokenRow(tokenId(1), ACME, { usage: 'pk', text: 'pk.1', isDefault: true });
        await storeTokens(store, row);
        await storeTokens(store, { ...row, status: 'revoked', revision: 2 });
        const { value } = await store.change(async (changes) => changes.defaultToken(ACME));
        expect(value).toBe(undefined);
        expect(await store.token(row.id)).toMatchObject({ isDefault: false, status: 'revoked' });
      }),
    );

    test(
      'tells accounts by name, page by page',
      withStore(open, async (store) => {
        for (const name of ['b1', 'a1', 'c1']) await storeAccount(store, accountRow(accountName(name)));
        expect((await store.accounts({ after: null, limit: 2 })).map(({ name }) => name)).toEqual([
          'a1',
          'b1',
        ]);
        expect(
          (await store.accounts({ after: accountName('b1'), limit: 2 })).map(({ name }) => name),
        ).toEqual(['c1']);
      }),
    );

    test(
      'tells all active temporary tokens that descend from a token, long expired ones left out',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const temporary = (number: number, parent: number, expires = DAY_MS) =>
          tokenRow(tokenId(number), ACME, { usage: 'tk', parent: tokenId(parent), expires });
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME),
          tokenRow(tokenId(2), ACME),
          temporary(11, 1),
          temporary(12, 11),
          temporary(13, 12),
          { ...temporary(14, 1), status: 'revoked' },
          temporary(15, 1, -DAY_MS),
          temporary(21, 2),
        );
        const descendants = async (of: number) => {
          const { value } = await store.change(async (changes) => changes.descendants(tokenId(of)));
          return value.map(({ id }) => id);
        };
        expect(await descendants(1)).toEqual([tokenId(11), tokenId(12), tokenId(13)]);
        expect(await descendants(12)).toEqual([tokenId(13)]);
        expect(await descendants(13)).toEqual([]);
      }),
    );

    test(
      'under an idempotency key is found again, and a key is never used twice',
      withStore(open, async (store) => {
        const row = { account: ACME, key: 'k-1', fingerprint: 'f', token: tokenId(1), at: 5 };
        await store.change(async (changes) => changes.remember(row));
        const { value } = await store.change(async (changes) => [
          await changes.remembered(ACME, 'k-1'),
          await changes.remembered(OTHER, 'k-1'),
          await changes.remembered(ACME, 'k-2'),
        ]);
        expect(value).toEqual([row, undefined, undefined]);
        await expect(store.change(async (changes) => changes.remember(row))).rejects.toThrow();
      }),
    );

    test(
      'in the audit log is found by who did it and by when it was, to the millisecond',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const [first] = await store.auditRows({
          account: null,
          subject: null,
          action: null,
          before: null,
          limit: 1,
        });
        const start = (first?.sequence ?? 0) + 1;
        const actors = [
          { kind: 'token', id: tokenId(1), account: ACME },
          { kind: 'system', name: 'sweep%' },
          { kind: 'token', id: tokenId(2), account: ACME },
          { kind: 'token', id: tokenId(1), account: ACME },
        ] as const;
        for (const [index, actor] of actors.entries()) {
          await store.change(async (changes) => {
            changes.audit({ ...entry(ACME, tokenId(1), 'token.update'), actor, at: 10_000 + index * 100 });
          });
        }
        const places = async (query: Partial<Parameters<typeof store.auditRows>[0]>) => {
          const none = { account: ACME, subject: null, action: null, before: null, limit: 10 };
          const rows = await store.auditRows({ ...none, since: 9_999, ...query });
          return rows.map(({ sequence }) => sequence - start);
        };
        expect(await places({})).toEqual([3, 2, 1, 0]);
        expect(await places({ actor: tokenId(1) })).toEqual([3, 0]);
        expect(await places({ actor: 'sweep%' })).toEqual([1]);
        for (const actor of ['sweep_', '%', '', 'acme', '"', '\\'])
          expect(await places({ actor })).toEqual([]);
        expect(await places({ since: 10_100 })).toEqual([3, 2, 1]);
        expect(await places({ since: 10_101, until: 10_300 })).toEqual([2]);
        expect(await places({ until: 10_301 })).toEqual([3, 2, 1, 0]);
        expect(await places({ until: 10_000 })).toEqual([]);
        expect(await places({ since: 99_999 })).toEqual([]);
      }),
    );

    test(
      'in the audit log is told newest first, by account, subject and action, page by page',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeAccount(store, accountRow(OTHER));
        await storeTokens(store, tokenRow(tokenId(1), ACME), tokenRow(tokenId(2), OTHER));
        await store.change(async (changes) => {
          put(changes, tokenRow(tokenId(1), ACME, { revision: 3 }), 'token.update');
          changes.audit({ ...entry(ACME, tokenId(1), 'token.revoke'), before: { a: [1] }, after: null });
        });
        const all = { account: null, subject: null, action: null, before: null, limit: 10 };
        const sequences = async (query: Partial<Parameters<typeof store.auditRows>[0]>) =>
          (await store.auditRows({ ...all, ...query })).map(({ sequence }) => sequence);
        expect(await sequences({})).toEqual([6, 5, 4, 3, 2, 1]);
        expect(await sequences({ account: ACME })).toEqual([6, 5, 3, 1]);
        expect(await sequences({ subject: tokenId(1), limit: 2 })).toEqual([6, 5]);
        expect(await sequences({ action: 'token.create' })).toEqual([4, 3]);
        expect(await sequences({ account: ACME, action: 'token.create' })).toEqual([3]);
        expect(await sequences({ before: 5, limit: 2 })).toEqual([4, 3]);
        expect((await store.auditRows({ ...all, limit: 1 }))[0]).toEqual({
          ...entry(ACME, tokenId(1), 'token.revoke'),
          sequence: 6,
          before: { a: [1] },
          after: null,
        });
      }),
    );
  });
}
