import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Store } from '../store.ts';
import {
  type CounterRow,
  OTHER,
  type SourceRow,
  type UsageAddition,
  type UsageQuery,
} from '../usage-store.ts';
import type { OpenEmptyStore } from './open-store.ts';
import { accountName, tokenId } from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');
const RIVAL = accountName('rival');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The beginning of a day. */
const START = 20_000 * DAY;

function addition(over: Partial<UsageAddition> = {}): UsageAddition {
  return {
    reporter: 'maps.1',
    token: tokenId(9),
    sequence: 1,
    reportedAt: START,
    skewMs: 0,
    until: null,
    isLast: false,
    counters: [],
    sources: [],
    uses: [],
    refusals: [],
    ...over,
  };
}

function counter(over: Partial<CounterRow> = {}): CounterRow {
  return {
    at: START,
    account: ACME,
    token: tokenId(1),
    service: 'maps',
    scope: 'styles:read',
    outcome: 'allowed',
    count: 1,
    ...over,
  };
}

function source(over: Partial<SourceRow> = {}): SourceRow {
  return {
    account: ACME,
    token: tokenId(1),
    service: 'maps',
    kind: 'allowed',
    origin: 'shop.example',
    client: 'Firefox',
    address: '',
    count: 1,
    lastAt: START,
    ...over,
  };
}

function query(over: Partial<UsageQuery> = {}): UsageQuery {
  return {
    account: null,
    token: null,
    service: null,
    kind: null,
    from: START,
    to: START + DAY,
    resolution: 'hour',
    byTime: false,
    by: [],
    ...over,
  };
}

async function total(store: Store, over: Partial<UsageQuery> = {}): Promise<number> {
  return (await store.usage(query(over))).reduce((sum, { count }) => sum + count, 0);
}

export function usageContract(open: OpenEmptyStore): void {
  describe('a batch of usage', () => {
    test(
      'counts once, however often and in whatever order batches come',
      withStore(open, async (store) => {
        const batch = (sequence: number) => addition({ sequence, counters: [counter({ count: sequence })] });
        for (const sequence of [3, 1, 3, 2, 1, 2, 3]) await store.addUsage(batch(sequence));
        expect(await total(store)).toBe(6);
        expect(await store.addUsage(batch(2))).toBe('replayed');
        expect(await store.addUsage(batch(4))).toBe('taken');
        expect(await store.addUsage({ ...batch(4), reporter: 'maps.2' })).toBe('taken');
        expect(await total(store)).toBe(14);
      }),
    );

    test(
      'adds nothing at all where one of its rows cannot be stored',
      withStore(open, async (store) => {
        const broken = addition({
          counters: [counter()],
          // A count that is no number: what no caller of this type can hand in.
          sources: [source({ count: Symbol('no count') as unknown as number })],
        });
        await expect(store.addUsage(broken)).rejects.toThrow();
        expect(await total(store)).toBe(0);
        expect(await store.reporters(0)).toEqual([]);
        expect(await store.addUsage(addition({ counters: [counter()] }))).toBe('taken');
        expect(await total(store)).toBe(1);
      }),
    );

    test(
      'says up to when its reporter has told everything, and only while nothing is missing',
      withStore(open, async (store) => {
        await store.addUsage(addition({ reportedAt: START + 1, skewMs: -40 }));
        const known = { id: 'maps.1', token: tokenId(9), reportedAt: START + 1, skewMs: -40 };
        expect(await store.reporters(0)).toEqual([{ ...known, reportedUntil: null, isOver: false }]);
        await store.addUsage(addition({ sequence: 2, until: 500, reportedAt: START + 2 }));
        await store.addUsage(addition({ sequence: 4, until: 900, reportedAt: START + 3 }));
        expect((await store.reporters(0)).map(({ reportedUntil }) => reportedUntil)).toEqual([500]);
        await store.addUsage(addition({ sequence: 3, until: 700, reportedAt: START + 4 }));
        await store.addUsage(addition({ sequence: 5, until: 600, reportedAt: START + 5 }));
        expect((await store.reporters(0)).map(({ reportedUntil }) => reportedUntil)).toEqual([700]);
        expect(await store.reporters(START + 5)).toHaveLength(1);
        const isOver = async () => (await store.reporters(0)).map((one) => one.isOver);
        await store.addUsage(addition({ sequence: 7, isLast: true, reportedAt: START + 5 }));
        expect(await isOver()).toEqual([false]);
        await store.addUsage(addition({ sequence: 6, reportedAt: START + 5 }));
        expect(await isOver()).toEqual([true]);
        expect(await store.reporters(START + 6)).toEqual([]);
      }),
    );
  });

  describe('usage', () => {
    test(
      'has the same sums in every step and by every dimension, whatever was counted',
      withStore(open, async (store) => {
        let sequence = 0;
        let from = START;
        const counters = fc.array(
          fc.record({
            minute: fc.nat({ max: 2 * 24 * 60 - 1 }),
            token: fc.constantFrom(null, 1, 2, 3),
            service: fc.constantFrom('maps', 'search'),
            scope: fc.constantFrom('', 'styles:read', 'styles:read styles:tiles'),
            outcome: fc.constantFrom('allowed', 'revoked', 'url_not_allowed'),
            count: fc.integer({ min: 1, max: 1_000_000 }),
          }),
          { maxLength: 60 },
        );
        await fc.assert(
          fc.asyncProperty(counters, async (list) => {
            from += 2 * DAY;
            const rows = list.map(({ minute, token, ...rest }) =>
              counter({
                ...rest,
                at: from + minute * MINUTE,
                account: token === null ? null : token === 3 ? RIVAL : ACME,
                token: token === null ? null : tokenId(token),
              }),
            );
            sequence += 1;
            await store.addUsage(addition({ sequence, counters: rows }));
            const sum = rows.reduce((all, { count }) => all + count, 0);
            const time = { from, to: from + 2 * DAY };
            for (const resolution of ['minute', 'hour', 'day'] as const) {
              expect(await total(store, { ...time, resolution })).toBe(sum);
              expect(await total(store, { ...time, resolution, byTime: true })).toBe(sum);
            }
            for (const dimension of ['account', 'token', 'service', 'scope', 'outcome', 'kind'] as const) {
              expect(await total(store, { ...time, by: [dimension] })).toBe(sum);
            }
            const refused = await total(store, { ...time, kind: 'refused' });
            expect(refused + (await total(store, { ...time, kind: 'allowed' }))).toBe(sum);
          }),
          { numRuns: 30 },
        );
      }),
    );

    test(
      'is told by time and dimension, in order, within the asked time alone',
      withStore(open, async (store) => {
        await store.addUsage(
          addition({
            counters: [
              counter({ at: START + HOUR + MINUTE, count: 2 }),
              counter({ at: START + HOUR + 2 * MINUTE, count: 3 }),
              counter({ at: START + 3 * HOUR, service: 'search', outcome: 'revoked', count: 4 }),
              counter({ at: START + DAY, count: 100 }),
              counter({ at: START, account: RIVAL, token: tokenId(2), count: 5 }),
            ],
          }),
        );
        expect(await store.usage(query({ account: ACME, byTime: true, by: ['service', 'outcome'] }))).toEqual(
          [
            { at: START + HOUR, values: ['maps', 'allowed'], count: 5 },
            { at: START + 3 * HOUR, values: ['search', 'revoked'], count: 4 },
          ],
        );
        expect(await store.usage(query({ by: ['account', 'kind'] }))).toEqual([
          { at: null, values: ['acme', 'allowed'], count: 5 },
          { at: null, values: ['acme', 'refused'], count: 4 },
          { at: null, values: ['rival', 'allowed'], count: 5 },
        ]);
        expect(await total(store, { token: tokenId(2) })).toBe(5);
        expect(await total(store, { service: 'search' })).toBe(4);
        expect(await store.usage(query({ from: START + DAY * 5, to: START + DAY * 6 }))).toEqual([]);
      }),
    );

    test(
      'of minutes, hours and days is kept as long as each should be',
      withStore(open, async (store) => {
        await store.addUsage(
          addition({ counters: [counter(), counter({ at: START + DAY })], sources: [source()] }),
        );
        const none = {
          minutesBefore: 0,
          hoursBefore: 0,
          daysBefore: 0,
          refusalsBefore: 0,
          reportersBefore: 0,
        };
        expect(await store.forgetUsage(none)).toBe(0);
        expect(await store.forgetUsage({ ...none, minutesBefore: START + 1 })).toBe(1);
        const time = { to: START + 2 * DAY };
        expect(await total(store, { ...time, resolution: 'minute' })).toBe(1);
        expect(await total(store, { ...time, resolution: 'hour' })).toBe(2);
        expect(await store.forgetUsage({ ...none, hoursBefore: START + 2 * DAY })).toBe(3);
        expect(await total(store, { ...time, resolution: 'hour' })).toBe(0);
        expect(await total(store, { ...time, resolution: 'day' })).toBe(2);
        expect(await store.forgetUsage({ ...none, reportersBefore: START + 1 })).toBe(1);
      }),
    );
  });

  describe('who uses a token', () => {
    test(
      'is told newest first, uses apart from refused ones',
      withStore(open, async (store) => {
        await store.addUsage(
          addition({
            sources: [
              source({ count: 3, lastAt: START + 5 }),
              source({ client: 'curl', origin: '', kind: 'refused', lastAt: START + DAY }),
              source({ token: tokenId(2) }),
            ],
          }),
        );
        await store.addUsage(addition({ sequence: 2, sources: [source({ count: 4, lastAt: START + 9 })] }));
        const used = { service: 'maps', origin: 'shop.example', client: 'Firefox', address: '' };
        const uses = await store.usesOf({ token: tokenId(1), since: START, limit: 10 });
        expect(uses).toEqual([
          { ...used, origin: '', client: 'curl', kind: 'refused', count: 1, lastAt: START + DAY },
          { ...used, kind: 'allowed', count: 7, lastAt: START + 9 },
        ]);
        expect(await store.usesOf({ token: tokenId(1), since: START + DAY, limit: 10 })).toHaveLength(1);
        expect(await store.usesOf({ token: tokenId(1), since: START, limit: 1 })).toHaveLength(1);
        expect(await total(store, { by: ['origin'], token: tokenId(1) })).toBe(7);
      }),
    );

    test(
      'is put together where they are too many, and the sums stay',
      withStore(open, async (store) => {
        const sources = Array.from({ length: 100 }, (_, number) =>
          source({
            origin: `${number}.example`,
            count: number + 1,
            kind: number % 3 === 0 ? 'refused' : 'allowed',
          }),
        );
        await store.addUsage(addition({ sources: [...sources, source({ token: tokenId(2) })] }));
        const bySource = { by: ['origin', 'kind'] as const, token: tokenId(1) };
        const byKind = async () => {
          const lines = await store.usage(query(bySource));
          const of = (kind: string) => lines.filter(({ values }) => values[1] === kind);
          return ['allowed', 'refused'].map((kind) => of(kind).reduce((sum, { count }) => sum + count, 0));
        };
        const before = await total(store, bySource);
        const kinds = await byKind();
        expect(await store.foldUsers({ since: START, limit: 40 })).toBeGreaterThan(0);
        expect(await total(store, bySource)).toBe(before);
        const left = await store.usage(query(bySource));
        expect(left.length).toBeLessThanOrEqual(40);
        expect(left.some(({ values }) => values[0] === '99.example')).toBe(true);
        expect(left.some(({ values }) => values[0] === '0.example')).toBe(false);
        expect(left.some(({ values }) => values[0] === OTHER)).toBe(true);
        expect(await byKind()).toEqual(kinds);
        expect(await store.foldUsers({ since: START, limit: 40 })).toBe(0);
      }),
    );
  });

  describe('the last use of a token', () => {
    test(
      'is its newest, whatever comes later about earlier ones; refused ones apart',
      withStore(open, async (store) => {
        const use = {
          token: tokenId(1),
          account: ACME,
          service: 'maps',
          origin: 'shop.example',
          client: 'Firefox',
        } as const;
        const allowed = { ...use, kind: 'allowed', outcome: 'allowed', at: START + 7 } as const;
        const refused = { ...use, kind: 'refused', outcome: 'url_not_allowed', at: START + 3 } as const;
        await store.addUsage(addition({ uses: [{ ...allowed, at: START }, allowed, refused] }));
        await store.addUsage(
          addition({ sequence: 2, uses: [{ ...allowed, at: START + 6, origin: 'old.example' }] }),
        );
        const found = await store.lastUses([tokenId(1), tokenId(2)]);
        expect([...found].sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([allowed, refused]);
        expect(await store.lastUses([])).toEqual([]);
        const many = Array.from({ length: 500 }, (_, number) => tokenId(number));
        expect(await store.lastUses(many)).toHaveLength(2);
      }),
    );
  });

  describe('a refusal', () => {
    test(
      'is found by its request, and forgotten in time',
      withStore(open, async (store) => {
        const refusal = {
          requestId: 'request-1',
          at: START,
          account: ACME,
          token: tokenId(1),
          reporter: 'maps.1',
          detail: '{"reason":"revoked"}',
        };
        const stranger = { ...refusal, requestId: 'request-2', account: null, token: null };
        await store.addUsage(addition({ refusals: [refusal, stranger, { ...refusal, detail: '{}' }] }));
        expect(await store.refusal('request-1')).toEqual(refusal);
        expect(await store.refusal('request-2')).toEqual(stranger);
        expect(await store.refusal('request-3')).toBeUndefined();
        const kept = { minutesBefore: 0, hoursBefore: 0, daysBefore: 0, reportersBefore: 0 };
        await store.forgetUsage({ ...kept, refusalsBefore: START + 1 });
        expect(await store.refusal('request-1')).toBeUndefined();
      }),
    );
  });
}
