import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditStore, Changes } from '../store.ts';
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

export function changeContract(open: OpenEmptyStore): void {
  describe('a change', () => {
    test(
      'is there once it resolves, with the revision that it got',
      withStore(open, async (store) => {
        expect(await storeAccount(store, accountRow(ACME))).toBe(1);
        expect(await storeTokens(store, tokenRow(tokenId(1), ACME), tokenRow(tokenId(2), ACME))).toBe(3);
        expect(await store.token(tokenId(1))).toEqual(tokenRow(tokenId(1), ACME, { revision: 2 }));
        expect((await store.token(tokenId(2)))?.revision).toBe(3);
        expect((await store.head()).revision).toBe(3);
      }),
    );

    test(
      'that only reads, or refuses, leaves no trace and has no revision',
      withStore(open, async (store) => {
        const { value, revision } = await store.change(async (changes) => changes.token(tokenId(1)));
        expect([value, revision]).toEqual([undefined, null]);
        expect((await store.head()).revision).toBe(0);
        expect(await allAudit(store)).toEqual([]);
      }),
    );

    test(
      'that verifiers need not hear of is audited, keeps the revision and gets none',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(store, tokenRow(tokenId(1), ACME));
        const { revision } = await store.change(async (changes) => {
          changes.putTokenQuietly(tokenRow(tokenId(1), ACME, { note: 'new', modifiedAt: 5 }));
          changes.audit(entry(ACME, tokenId(1), 'token.update'));
        });
        expect(revision).toBe(null);
        expect((await store.head()).revision).toBe(2);
        expect(await store.token(tokenId(1))).toMatchObject({ note: 'new', modifiedAt: 5, revision: 2 });
        expect((await allAudit(store)).map(({ action }) => action)).toEqual([
          'token.update',
          'token.create',
          'account.create',
        ]);
      }),
    );

    test(
      'never replaces the account, usage, digest, text, parent or time of making of a token',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const first = tokenRow(tokenId(1), ACME, { usage: 'tk', parent: tokenId(9), expires: 90 });
        await storeTokens(store, first);
        await storeTokens(store, {
          ...first,
          digest: 'other',
          usage: 'sk',
          parent: null,
          createdAt: 77,
          note: 'n',
          revision: 2,
        });
        expect(await store.token(tokenId(1))).toEqual({ ...first, note: 'n', revision: 3 });
      }),
    );

    test(
      'whose work throws writes nothing, and the works beside it go on',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const [good, bad, other] = await Promise.allSettled([
          storeTokens(store, tokenRow(tokenId(1), ACME)),
          store.change(async (changes) => {
            put(changes, tokenRow(tokenId(2), ACME));
            throw new RangeError('changed my mind');
          }),
          storeTokens(store, tokenRow(tokenId(3), ACME)),
        ]);
        expect(good).toEqual({ status: 'fulfilled', value: 2 });
        expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) });
        expect(other).toEqual({ status: 'fulfilled', value: 3 });
        expect(await store.token(tokenId(2))).toBe(undefined);
      }),
    );

    test(
      'with a row that breaks a rule of the tables is undone whole, and the works beside it go on',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const [good, bad, other] = await Promise.allSettled([
          storeTokens(store, tokenRow(tokenId(1), ACME)),
          storeTokens(
            store,
            tokenRow(tokenId(2), ACME),
            tokenRow(tokenId(3), ACME, { digest: tokenRow(tokenId(1), ACME).digest }),
          ),
          storeTokens(store, tokenRow(tokenId(4), ACME)),
        ]);
        expect([good.status, bad.status, other]).toEqual([
          'fulfilled',
          'rejected',
          { status: 'fulfilled', value: 3 },
        ]);
        expect(await store.token(tokenId(2))).toBe(undefined);
        expect((await allAudit(store)).map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
      }),
    );

    test.each<[string, (changes: Changes) => void]>([
      ['the text of a secret token', (c) => put(c, tokenRow(tokenId(1), ACME, { text: 'sk.secret' }))],
      ['a public token without its text', (c) => put(c, tokenRow(tokenId(1), ACME, { usage: 'pk' }))],
      ['a token of no account', (c) => put(c, tokenRow(tokenId(1), accountName('nobody')))],
      ['a secret default token', (c) => put(c, tokenRow(tokenId(1), ACME, { isDefault: true }))],
      [
        'a second default token',
        (c) => {
          put(c, tokenRow(tokenId(1), ACME, { usage: 'pk', text: 'pk.1', isDefault: true }));
          put(c, tokenRow(tokenId(2), ACME, { usage: 'pk', text: 'pk.2', isDefault: true }));
        },
      ],
      [
        'a second account of the operator',
        (c) => {
          for (const name of [accountName('op-1'), accountName('op-2')]) {
            c.putAccount(accountRow(name, { kind: 'operator' }));
            c.audit(entry(name, name, 'account.create'));
          }
        },
      ],
    ])('never stores %s', (_what, work) =>
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await expect(store.change(async (changes) => work(changes))).rejects.toThrow();
        expect((await store.head()).revision).toBe(1);
      })(),
    );

    test(
      'that puts a token or an account without auditing it is undone',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const token = store.change(async (changes) => changes.putToken(tokenRow(tokenId(1), ACME)));
        await expect(token).rejects.toThrow(`token ${tokenId(1)} was put without an audit entry`);
        const account = store.change(async (changes) => changes.putAccount(accountRow(accountName('other'))));
        await expect(account).rejects.toThrow(TypeError);
        expect((await store.head()).revision).toBe(1);
      }),
    );

    test(
      'sees what the works before it in the same commit wrote, and not its own writes',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const [, seen] = await Promise.all([
          storeTokens(store, tokenRow(tokenId(1), ACME)),
          store.change(async (changes) => {
            put(changes, tokenRow(tokenId(2), ACME));
            return [await changes.token(tokenId(1)), await changes.token(tokenId(2))];
          }),
        ]);
        expect(seen.value.map((row) => row?.id)).toEqual([tokenId(1), undefined]);
      }),
    );

    test(
      'cannot be used when its work has ended',
      withStore(open, async (store) => {
        const { value: late } = await store.change(async (changes) => changes);
        await expect(late.token(tokenId(1))).rejects.toThrow(TypeError);
        expect(() => late.putToken(tokenRow(tokenId(1), ACME))).toThrow('after its work had ended');
      }),
    );

    test(
      'after the store is closed is rejected; one from before is finished',
      withStore(open, async (store) => {
        const before = storeAccount(store, accountRow(ACME));
        const closed = store.close();
        await expect(storeAccount(store, accountRow(accountName('late')))).rejects.toThrow(
          'the store is closed',
        );
        expect(await before).toBe(1);
        await closed;
      }),
    );

    test(
      'that arrives with others shares their commit',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await Promise.all(
          Array.from({ length: 50 }, (_, i) => storeTokens(store, tokenRow(tokenId(i), ACME))),
        );
        const commits = new Set((await store.changesAfter(1, 100)).map(({ at }) => at));
        expect(commits.size).toBe(1);
      }),
    );

    test(
      'is told to listeners once, with the new head; a listener that was ended hears nothing',
      withStore(open, async (store) => {
        const heads: number[] = [];
        const end = store.onCommit((head) => heads.push(head.revision));
        await storeAccount(store, accountRow(ACME));
        await store.change(async () => 'nothing');
        await storeTokens(store, tokenRow(tokenId(1), ACME), tokenRow(tokenId(2), ACME));
        end();
        await storeTokens(store, tokenRow(tokenId(3), ACME));
        expect(heads).toEqual([1, 3]);
      }),
    );

    test('numbers audit rows and revisions without a gap, whatever fails between', async () => {
      const { store, dispose } = await open();
      try {
        await storeAccount(store, accountRow(ACME));
        let next = 0;
        const works = fc.array(fc.constantFrom('good', 'throws', 'breaks', 'quiet', 'two'), {
          maxLength: 12,
        });
        await fc.assert(
          fc.asyncProperty(works, async (kinds) => {
            await Promise.allSettled(
              kinds.map((kind) =>
                store.change(async (changes) => {
                  const row = tokenRow(tokenId(++next), ACME);
                  if (kind === 'breaks') put(changes, { ...row, text: 'sk.secret' });
                  else put(changes, row);
                  if (kind === 'two') put(changes, tokenRow(tokenId(++next), ACME));
                  if (kind === 'throws') throw new Error('no');
                }),
              ),
            );
            const { revision } = await store.head();
            const audit = await allAudit(store);
            expect(audit.map(({ sequence }) => sequence)).toEqual(audit.map((_, i) => audit.length - i));
            const changes = await store.changesAfter(0, revision + 1);
            expect(changes.map((one) => one.revision)).toEqual(changes.map((_, i) => i + 1));
            expect(changes.at(-1)?.revision).toBe(revision);
          }),
          { numRuns: 25 },
        );
      } finally {
        await dispose();
      }
    });
  });
}

function allAudit(store: AuditStore) {
  return store.auditRows({ account: null, subject: null, action: null, before: null, limit: 10_000 });
}
