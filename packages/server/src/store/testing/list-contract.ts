import type { AccountName, TokenId } from '@latchkey/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TokenRow } from '../rows.ts';
import type { Store, TokenPosition, TokenQuery } from '../store.ts';
import type { UseRow } from '../usage-store.ts';
import type { OpenEmptyStore } from './open-store.ts';
import {
  accountName,
  accountRow,
  entry,
  scopesOf,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');

export function listContract(open: OpenEmptyStore): void {
  describe('a list of tokens', () => {
    test(
      'is newest first, ties by id, of this account, without temporary and revoked tokens unless asked for',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeAccount(store, accountRow(accountName('other')));
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME, { createdAt: 5, modifiedAt: 9 }),
          tokenRow(tokenId(2), ACME, { createdAt: 5, modifiedAt: 5 }),
          tokenRow(tokenId(3), ACME, { createdAt: 6, modifiedAt: 6, usage: 'pk', text: 'pk.3' }),
          tokenRow(tokenId(4), ACME, { createdAt: 7, usage: 'tk', expires: 99 }),
          tokenRow(tokenId(5), ACME, { createdAt: 8, status: 'revoked' }),
          tokenRow(tokenId(6), accountName('other')),
        );
        expect(await ids(store, {})).toEqual([3, 2, 1]);
        expect(await ids(store, { sortBy: 'modified' })).toEqual([1, 3, 2]);
        expect(await ids(store, { usages: ['sk'] })).toEqual([2, 1]);
        expect(await ids(store, { usages: ['tk', 'pk'] })).toEqual([4, 3]);
        expect(await ids(store, { statuses: ['active', 'revoked'] })).toEqual([5, 3, 2, 1]);
        expect(await ids(store, { usages: [] })).toEqual([]);
        const all = { usages: ['pk', 'sk', 'tk'] } as const;
        expect(await ids(store, { ...all, expiry: { at: 99, isOver: true } })).toEqual([4]);
        expect(await ids(store, { ...all, expiry: { at: 98, isOver: true } })).toEqual([]);
        expect(await ids(store, { ...all, expiry: { at: 98, isOver: false } })).toEqual([4, 3, 2, 1]);
        expect(await ids(store, { ...all, expiry: { at: 99, isOver: false } })).toEqual([3, 2, 1]);
        expect(await ids(store, { statuses: [] })).toEqual([]);
      }),
    );

    test(
      'is filtered by default, scope, id, and any part of the note in any case; no letter of a search is a wildcard',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME, { note: 'Straßenkarte ÄÖ', scopes: scopesOf('a:read') }),
          tokenRow(tokenId(2), ACME, {
            note: '100% sure_thing \\o/',
            scopes: scopesOf('a:read', 'a:read-all'),
          }),
          tokenRow(tokenId(3), ACME, {
            usage: 'pk',
            text: 'pk.3',
            isDefault: true,
            scopes: scopesOf('xa:read'),
          }),
        );
        expect(await ids(store, { isDefault: true })).toEqual([3]);
        expect(await ids(store, { isDefault: false })).toEqual([2, 1]);
        expect(await ids(store, { isDefault: true, usages: ['sk'] })).toEqual([]);
        const [read, readAll] = scopesOf('a:read', 'a:read-all');
        expect(await ids(store, { scope: read ?? null })).toEqual([2, 1]);
        expect(await ids(store, { scope: readAll ?? null })).toEqual([2]);
        expect(await ids(store, { search: 'KARTE äö' })).toEqual([1]);
        expect(await ids(store, { search: '0%' })).toEqual([2]);
        expect(await ids(store, { search: 'e_t' })).toEqual([2]);
        expect(await ids(store, { search: '\\O' })).toEqual([2]);
        expect(await ids(store, { search: '%' })).toEqual([2]);
        expect(await ids(store, { search: tokenId(3) })).toEqual([3]);
        expect(await ids(store, { search: tokenId(3).slice(0, 20) })).toEqual([]);
      }),
    );

    test(
      'is filtered by last use, by exposure in a URL and by URL restrictions',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const urls = { kind: 'urls', entries: ['a.example'], strictPaths: false } as const;
        await storeTokens(
          store,
          tokenRow(tokenId(1), ACME, { createdAt: 1, restrictions: [urls] }),
          tokenRow(tokenId(2), ACME, { createdAt: 2 }),
          tokenRow(tokenId(3), ACME, { createdAt: 9 }),
          tokenRow(tokenId(4), ACME, {
            createdAt: 3,
            restrictions: [{ kind: 'resources', prefixes: ['/"kind":"urls"'] }],
          }),
        );
        await store.noteUses([useOf(1, 'allowed', 8), useOf(2, 'allowed', 4), useOf(2, 'exposed', 4)]);
        await store.noteUses([useOf(4, 'refused', 8)]);
        expect(await ids(store, { unusedSince: 8 })).toEqual([4, 2]);
        expect(await ids(store, { unusedSince: 4 })).toEqual([4]);
        expect(await ids(store, { isExposed: true })).toEqual([2]);
        expect(await ids(store, { isExposed: false })).toEqual([3, 4, 1]);
        expect(await ids(store, { isAnywhere: true })).toEqual([3, 4, 2]);
        expect(await ids(store, { isAnywhere: false })).toEqual([1]);
      }),
    );

    test(
      'by last use has the one let in last first, and those that never were at the end, page by page',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(
          store,
          ...[1, 2, 3, 4, 5].map((number) => tokenRow(tokenId(number), ACME, { createdAt: number })),
        );
        await store.noteUses([useOf(1, 'allowed', 8), useOf(2, 'refused', 9), useOf(4, 'allowed', 3)]);
        for (const limit of [1, 2, 3, 5]) {
          const seen: number[] = [];
          let after: TokenPosition | null = null;
          do {
            const page = await store.tokens(query(ACME, { sortBy: 'lastUsed', limit, after }));
            seen.push(...page.rows.map(({ id }) => Number(id.slice(1))));
            after = page.next;
          } while (after !== null);
          expect(seen).toEqual([1, 4, 5, 3, 2]);
        }
      }),
    );

    test(
      'by note goes from A to Z, those without one at the end',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const notes = ['b', null, 'Ä', 'a', '\u{1f5fa}', '\uff5e', 'A'];
        await storeTokens(store, ...notes.map((note, index) => tokenRow(tokenId(index + 1), ACME, { note })));
        expect(await ids(store, { sortBy: 'note' })).toEqual([4, 7, 1, 3, 6, 5, 2]);
      }),
    );

    test(
      'ends with no next position exactly when nothing follows',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storeTokens(store, tokenRow(tokenId(1), ACME), tokenRow(tokenId(2), ACME));
        expect((await store.tokens(query(ACME, { limit: 2 }))).next).toBe(null);
        const first = await store.tokens(query(ACME, { limit: 1 }));
        expect(first.next).not.toBe(null);
        expect((await store.tokens(query(ACME, { limit: 1, after: first.next }))).next).toBe(null);
      }),
    );

    test.each(['created', 'modified', 'note'] as const)(
      'by %s gives no token twice and skips none that was there throughout, while tokens are made, changed and revoked between its pages',
      async (sortBy) => {
        const { store, dispose } = await open();
        let accounts = 0;
        let made = 0;
        try {
          await fc.assert(
            fc.asyncProperty(plan, async ({ before, pageSize, between }) => {
              const account = accountName(`account-${++accounts}`);
              await storeAccount(store, accountRow(account));
              const world = new World(store, account, () => tokenId(++made));
              for (const step of before) await world.take(step);
              const atFirst = await everyPage(store, account, sortBy, 500);

              const seen: TokenId[] = [];
              let after: TokenPosition | null = null;
              let turn = 0;
              do {
                const page = await store.tokens(query(account, { sortBy, limit: pageSize, after }));
                expect(page.rows.length).toBeLessThanOrEqual(pageSize);
                seen.push(...page.rows.map(({ id }) => id));
                after = page.next;
                for (const step of between[turn++] ?? []) await world.take(step);
              } while (after !== null);

              expect(new Set(seen).size).toBe(seen.length);
              const throughout = atFirst.filter((id) => world.isActive(id));
              expect(seen.filter((id) => world.isActive(id))).toEqual(throughout);
            }),
            { numRuns: 40 },
          );
        } finally {
          await dispose();
        }
      },
    );
  });
}

type Step = {
  readonly kind: 'make' | 'modify' | 'note' | 'revoke';
  readonly at: number;
  readonly pick: number;
};

// The clock of a step may stand still or go back: two machines' clocks differ.
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('make', 'modify', 'modify', 'note', 'revoke'),
  at: fc.integer({ min: 0, max: 8 }),
  pick: fc.nat(100),
});
const making = step.map((one): Step => ({ ...one, kind: 'make' }));
const plan = fc.record({
  before: fc
    .tuple(fc.array(making, { minLength: 3, maxLength: 10 }), fc.array(step, { maxLength: 6 }))
    .map((a) => a.flat()),
  pageSize: fc.integer({ min: 1, max: 4 }),
  between: fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 6 }),
});

class World {
  readonly #store: Store;
  readonly #account: AccountName;
  readonly #nextId: () => TokenId;
  readonly #ids: TokenId[] = [];
  readonly #active = new Set<TokenId>();

  constructor(store: Store, account: AccountName, nextId: () => TokenId) {
    this.#store = store;
    this.#account = account;
    this.#nextId = nextId;
  }

  isActive(id: TokenId): boolean {
    return this.#active.has(id);
  }

  async take({ kind, at, pick }: Step): Promise<void> {
    if (kind === 'make') {
      const id = this.#nextId();
      this.#ids.push(id);
      this.#active.add(id);
      const note = noteOf(pick);
      await storeTokens(this.#store, tokenRow(id, this.#account, { createdAt: at, modifiedAt: at, note }));
      return;
    }
    const id = this.#ids[pick % this.#ids.length];
    if (id === undefined) return;
    if (kind === 'revoke') this.#active.delete(id);
    await this.#store.change(async (changes) => {
      const row = await changes.token(id);
      if (row === undefined) return;
      const note = kind === 'note' ? noteOf(pick) : row.note;
      const status = kind === 'revoke' ? 'revoked' : row.status;
      const after: TokenRow = { ...row, note, modifiedAt: at, status };
      const action = kind === 'revoke' ? 'token.revoke' : 'token.update';
      changes.putToken(after);
      changes.audit({ ...entry(this.#account, id, action), before: { note: row.note } });
    });
  }
}

/** Few names, so that some are alike; letters that UTF-16 and UTF-8 sort differently, and none at all. */
function noteOf(pick: number): string | null {
  return ['b', 'A', 'a', '\uff5e', '\u{1f5fa}', '', null][pick % 7] ?? null;
}

async function everyPage(
  store: Store,
  account: AccountName,
  sortBy: TokenQuery['sortBy'],
  limit: number,
): Promise<TokenId[]> {
  const { rows } = await store.tokens(query(account, { sortBy, limit }));
  return rows.map(({ id }) => id);
}

function useOf(number: number, kind: UseRow['kind'], at: number): UseRow {
  const outcome = kind === 'refused' ? 'expired' : 'allowed';
  const where = { service: 'maps', origin: '', client: '' };
  return { token: tokenId(number), account: ACME, kind, at, outcome, ...where };
}

async function ids(store: Store, over: Partial<TokenQuery>): Promise<number[]> {
  const { rows } = await store.tokens(query(ACME, over));
  return rows.map(({ id }) => Number(id.slice(1)));
}

function query(account: AccountName, over: Partial<TokenQuery>): TokenQuery {
  return {
    account,
    usages: ['pk', 'sk'],
    statuses: ['active'],
    expiry: null,
    isDefault: null,
    scope: null,
    search: null,
    unusedSince: null,
    isExposed: null,
    isAnywhere: null,
    sortBy: 'created',
    after: null,
    limit: 100,
    ...over,
  };
}
