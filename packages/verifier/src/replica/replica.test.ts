import type { ForeignRestriction, TokenRecord, TokenUsage } from '@latchkey/core';
import { compileRestrictions } from '@latchkey/core';
import { parseRecord } from '@latchkey/wire/feed';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountOf, digestOf, idOf, pairsOf } from '../feed/testing/history.ts';
import { drain } from '../feed/testing/rough-network.ts';
import type { Replica } from './replica.ts';
import { createReplica } from './replica.ts';

const HOUR_MS = 3_600_000;

function tokenRecord(token: number, over: object = {}) {
  return {
    id: idOf(token),
    digest: digestOf(token),
    account: accountOf(token),
    usage: 'sk' satisfies TokenUsage,
    status: 'active',
    scopes: ['styles:read'],
    restrictions: [] as readonly ForeignRestriction[],
    expires: null as number | null,
    parent: null,
    revision: token + 1,
    ...over,
  };
}

function load(replica: Replica, records: readonly object[], revision = 4000, epoch = 'e1') {
  const stage = replica.stage();
  for (const record of records) stage.take(parseRecord(record));
  return drain(stage.adopt({ cursor: 'c', epoch, revision, records: records.length, sha256: '' }));
}

const find = (replica: Replica, token: number) => replica.find(pairsOf(digestOf(token)));

describe('a packed record', () => {
  const entry = fc.constantFrom(
    'a.example',
    'https://b.example/maps',
    '*.c.example',
    'localhost',
    'not canonical!',
  );
  const urls = fc.record({
    kind: fc.constant('urls'),
    entries: fc.array(entry, { maxLength: 6 }),
    strictPaths: fc.oneof(fc.boolean(), fc.constant(undefined)),
  });
  const other = fc.constantFrom<ForeignRestriction>(
    { kind: 'addresses', ranges: ['10.0.0.0/8'] },
    { kind: 'resources', prefixes: ['/styles/v1/acme'] },
    { kind: 'moon-phase' },
  );
  const restrictions = fc.array(fc.oneof(urls, other), { maxLength: 3 });

  test('says what the record said, whatever restrictions it has', () => {
    fc.assert(
      fc.property(
        restrictions,
        fc.constantFrom('pk', 'sk', 'tk'),
        fc.constantFrom('active', 'suspended'),
        fc.subarray(['styles:read', 'fonts:read', 'tiles:read']),
        fc.option(fc.integer({ min: 0, max: 8.64e15 })),
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        (list, usage, status, scopes, expires, revision) => {
          const replica = createReplica();
          const written = JSON.parse(JSON.stringify(list)) as ForeignRestriction[];
          const fields = { restrictions: written, usage, status, scopes, expires, revision };
          replica.take(parseRecord(tokenRecord(3, fields)), revision);
          const record = find(replica, 3);
          expect(record).toMatchObject({ usage, revoked: false, bad: undefined, scopes });
          expect(record?.restrictions).toEqual(compileRestrictions(written));
          expect(record?.account).toEqual({ name: accountOf(3), suspended: status === 'suspended' });
          expect(record?.expires).toBe(expires ?? Number.POSITIVE_INFINITY);
          expect([record?.id, record?.revision]).toEqual([idOf(3), revision]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('that a decision holds stays as it was when its slot gets another content', () => {
    const replica = createReplica();
    load(replica, [tokenRecord(0, { usage: 'tk', expires: 1 })]);
    const former = find(replica, 0);
    load(replica, [tokenRecord(1, { scopes: ['fonts:read'] })]);
    expect(find(replica, 0)).toBeUndefined();
    expect(former).toMatchObject({ usage: 'tk', scopes: ['styles:read'], expires: 1 });
    expect(former?.id).toBe(idOf(0));
  });

  test('is not found by what is no digest', () => {
    const replica = createReplica();
    load(replica, [tokenRecord(0)]);
    for (const text of ['', 'x', digestOf(0), `${pairsOf(digestOf(0))}x`]) {
      expect(replica.find(text)).toBeUndefined();
    }
  });
});

/** What a record says, wherever it stands. */
function withoutPlace(record: TokenRecord | undefined): object | undefined {
  return record && { ...record, slot: undefined, generation: undefined };
}

describe('the first snapshot, put in place at once', () => {
  const token = fc.nat(5);
  const line = fc.record({
    id: token,
    digest: token,
    revision: fc.nat(9),
    isRevoked: fc.boolean(),
    isBroken: fc.boolean(),
  });

  test('ends as one that is put in place record by record, whatever contradicts what', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const records = lines.map(({ id, digest, revision, isRevoked, isBroken }) =>
          tokenRecord(id, {
            digest: digestOf(digest),
            revision,
            ...(isRevoked && { status: 'revoked' }),
            ...(isBroken && { scopes: null }),
          }),
        );
        const [first, second] = [createReplica(), createReplica()];
        load(second, [tokenRecord(99)], 1000, 'e0');
        const [one, other] = [first, second].map((replica) => load(replica, records, 7).denied);
        expect(one).toHaveLength(other?.length ?? 0);
        expect(one).toEqual(expect.arrayContaining([...(other ?? [])]));
        expect(first.size).toBe(second.size);
        for (let number = 0; number <= 5; number++) {
          const [here, there] = [first, second].map((replica) => find(replica, number));
          expect(withoutPlace(here)).toEqual(withoutPlace(there));
          expect([here?.id, here?.revision]).toEqual([there?.id, there?.revision]);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a snapshot over a replica that is full already', () => {
  const full = Array.from({ length: 3000 }, (_, token) => tokenRecord(token));

  test('takes no second place for what it confirms, and gives back the place of what it lacks', () => {
    const replica = createReplica();
    load(replica, full);
    const { store } = replica.table.records;
    const before = store.used;
    load(replica, full);
    expect(store.used).toBe(before + 1);
    load(replica, full.slice(0, 1000));
    expect(replica.size).toBe(1000);
    load(replica, [...full.slice(0, 1000), ...full.slice(2000)]);
    expect([replica.size, store.used]).toEqual([2000, before + 1]);
  });

  test('changes nothing before it is adopted, and leaves nothing where it is dropped', () => {
    const replica = createReplica();
    load(replica, full.slice(0, 10));
    const stage = replica.stage();
    for (const record of full) stage.take(parseRecord({ ...record, scopes: ['fonts:read'] }));
    expect([replica.size, find(replica, 0)?.scopes]).toEqual([10, ['styles:read']]);
    drain(stage.drop());
    expect(replica.size).toBe(10);
    load(replica, full);
    expect([replica.size, find(replica, 0)?.scopes]).toEqual([3000, ['styles:read']]);
  });

  test('answers for each token at every pause, as it was or as it will be', () => {
    const replica = createReplica();
    load(replica, full);
    const stage = replica.stage();
    for (const record of full) stage.take(parseRecord({ ...record, scopes: ['fonts:read'], revision: 5000 }));
    let pauses = 0;
    for (const _ of stage.adopt({ cursor: 'c', epoch: 'e1', revision: 6000, records: 3000, sha256: '' })) {
      pauses++;
      for (const token of [0, 1, 1500, 2999]) {
        expect([['styles:read'], ['fonts:read']]).toContainEqual(find(replica, token)?.scopes);
      }
    }
    expect(pauses).toBeGreaterThan(3);
    expect(find(replica, 2999)?.scopes).toEqual(['fonts:read']);
  });

  test('is refused where the replica changed below it', () => {
    const replica = createReplica();
    load(replica, full.slice(0, 2));
    const stage = replica.stage();
    stage.take(parseRecord(full[0]));
    replica.take(parseRecord(tokenRecord(0, { revision: 1001, scopes: [] })), 1001);
    const end = { cursor: 'c', epoch: 'e1', revision: 1000, records: 1, sha256: '' };
    expect(() => drain(stage.adopt(end))).toThrow('changed below');
  });
});

describe('sweeping', () => {
  test('removes temporary tokens an hour after their expiry, and nothing else', () => {
    const replica = createReplica();
    load(replica, [
      tokenRecord(0, { usage: 'tk', expires: 1000 }),
      tokenRecord(1, { usage: 'tk', expires: 1001 }),
      tokenRecord(2, { usage: 'sk', expires: 1000 }),
      tokenRecord(3, { usage: 'tk', expires: 1000 }),
    ]);
    replica.take(parseRecord({ id: idOf(3), digest: digestOf(3), status: 'revoked', revision: 1001 }), 1001);
    replica.sweepExpired(999 + HOUR_MS);
    expect(replica.size).toBe(4);
    replica.sweepExpired(1000 + HOUR_MS);
    expect([0, 1, 2, 3].map((token) => find(replica, token)?.revoked)).toEqual([
      undefined,
      false,
      false,
      true,
    ]);
  });

  test('gives the place of a swept token to the next', () => {
    const replica = createReplica();
    load(replica, [tokenRecord(0, { usage: 'tk', expires: 1000 })]);
    const { used } = replica.table.records.store;
    for (let token = 1; token < 50; token++) {
      replica.sweepExpired(1000 + HOUR_MS);
      const fields = { usage: 'tk', expires: 1000, revision: 1000 + token };
      replica.take(parseRecord(tokenRecord(token, fields)), 1000 + token);
    }
    expect(replica.table.records.store.used).toBe(used);
  });
});
