import type { TokenRecord } from '@latchkey/core';
import { NO_RESTRICTIONS } from '@latchkey/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Replica } from '../replica/replica.ts';
import { createReplica } from '../replica/replica.ts';
import { createFollower } from './follower.ts';
import { createFreshness } from './freshness.ts';
import { createRejections } from './rejections.ts';
import type { History, Step } from './testing/history.ts';
import { accountOf, cursorAt, digestOf, idOf, makeHistory, pairsOf, stateAt } from './testing/history.ts';
import type { Corruption, Roughness } from './testing/rough-network.ts';
import { connect, loadSnapshot } from './testing/rough-network.ts';

const TOKENS = 6;
const RUNS = 1250;
const token = fc.nat(TOKENS - 1);
const scopes = fc.subarray(['styles:read', 'styles:write', 'fonts:read']);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), token, scopes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revoke' as const), token }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume' as const), account: fc.nat(1) }),
  },
);
const steps = fc.array(step, { maxLength: 40 });
const places = fc.array(fc.nat(50), { maxLength: 3 });
const corruption = fc.constantFrom<Corruption[]>(
  'not-json',
  'no-revision',
  'blank-scopes',
  'nameless',
  'wrong-digest',
  'wrong-revision',
);

function roughness(corrupted: fc.Arbitrary<Roughness['corrupted']>): fc.Arbitrary<Roughness> {
  return fc.record({
    cutAfter: fc.nat(60),
    repeated: places,
    swapped: places,
    dropped: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: places }),
    corrupted,
    snapshotLag: fc.oneof(fc.constant(0), fc.nat(30)),
    written: fc.nat(50),
  });
}

const unharmed = roughness(fc.constant([]));
const harmed = roughness(fc.array(fc.record({ at: fc.nat(50), how: corruption }), { maxLength: 3 }));
const SMOOTH: Roughness = {
  cutAfter: 1000,
  repeated: [],
  swapped: [],
  dropped: [],
  corrupted: [],
  snapshotLag: 0,
  written: 1000,
};

/** A record that shows the digest of a token that was revoked: chance hardly ever makes one. */
const LIFE_WITH_A_STOLEN_DIGEST: Step[] = [
  { do: 'put', token: 3, scopes: ['fonts:read'] },
  { do: 'put', token: 4, scopes: [] },
  { do: 'revoke', token: 4 },
  { do: 'put', token: 3, scopes: [] },
];
const SMOOTH_UNWRITTEN: Roughness = { ...SMOOTH, written: 0 };
const STOLEN_DIGEST: Roughness = {
  ...SMOOTH,
  corrupted: [
    { at: 1, how: 'wrong-digest' },
    { at: 3, how: 'wrong-digest' },
  ],
};

/** What a decision can see of a token. */
function seen(replica: Replica, number: number) {
  const record = replica.find(pairsOf(digestOf(number)));
  if (record === undefined) return 'unknown';
  if (record.revoked) return 'revoked';
  return { bad: record.bad !== undefined, suspended: record.account.suspended, scopes: [...record.scopes] };
}

function expected(history: History, number: number) {
  const state = stateAt(history, history.changes.length);
  const record = state.find((one) => !('kind' in one) && one.id === idOf(number));
  if (record === undefined || 'kind' in record) return 'unknown';
  if (record.status === 'revoked') return 'revoked';
  const suspended = state.some((one) => 'kind' in one && one.account === accountOf(number));
  return { bad: false, suspended, scopes: [...record.scopes] };
}

function numbers(): number[] {
  return Array.from({ length: TOKENS }, (_, number) => number);
}

function start(replica: Replica) {
  let now = 0;
  const freshness = createFreshness(() => now);
  const follower = createFollower({ replica, freshness, rejections: createRejections() });
  return { follower, freshness, tick: () => ++now };
}

/** Throws where the replica strays from the history that the rough network carries. */
function follow(replica: Replica, history: History, connections: readonly Roughness[]): void {
  const { follower } = start(replica);
  const held = new Map<number, TokenRecord>();
  const watch = (): void => {
    for (const number of numbers()) {
      const record = replica.find(pairsOf(digestOf(number)));
      const former = held.get(number);
      if (former?.revoked && !record?.revoked) throw new Error('a revoked token came back to life');
      if (former !== undefined && record !== undefined && record.revision < former.revision) {
        throw new Error('an older record overwrote a newer one');
      }
      if (record !== undefined) held.set(number, record);
    }
  };
  for (const rough of connections) connect(follower, replica, history, rough, watch);
  for (let times = 0; times < 3; times++) connect(follower, replica, history, SMOOTH, watch);
  const head = cursorAt(history, history.changes.length);
  if (follower.cursor() !== head) throw new Error(`stopped at ${follower.cursor()} before ${head}`);
  for (const number of numbers()) expect(seen(replica, number)).toEqual(expected(history, number));
}

/** The mistake that the revision rule prevents: the last record to come wins. */
function lastWriteWins(): Replica {
  const right = createReplica();
  let records = new Map<string, TokenRecord>();
  const put = (into: Map<string, TokenRecord>, parsed: Parameters<Replica['take']>[0]): void => {
    if (!parsed.ok || 'kind' in parsed.record) return;
    const { record } = parsed;
    into.set(pairsOf(record.digest), {
      id: record.id,
      account: { name: 'account-0' as TokenRecord['account']['name'], suspended: false },
      usage: 'sk',
      revoked: record.status === 'revoked',
      bad: undefined,
      scopes: record.status === 'revoked' ? [] : record.scopes,
      restrictions: NO_RESTRICTIONS,
      expires: Number.POSITIVE_INFINITY,
      revision: record.revision,
    });
  };
  return {
    ...right,
    find: (digest) => records.get(digest),
    get epoch() {
      return right.epoch;
    },
    take(parsed, revision) {
      put(records, parsed);
      return right.take(parsed, revision);
    },
    stage() {
      const stage = right.stage();
      const staged = new Map<string, TokenRecord>();
      return {
        take(parsed) {
          put(staged, parsed);
          return stage.take(parsed);
        },
        get records() {
          return stage.records;
        },
        *adopt(end) {
          records = staged;
          return yield* stage.adopt(end);
        },
        drop: stage.drop,
      };
    },
  };
}

/** The mistake that the bad-record rule prevents: what cannot be read is skipped. */
function passesOverBroken(): Replica {
  const right = createReplica();
  return {
    ...right,
    get epoch() {
      return right.epoch;
    },
    take: (parsed, revision) => (parsed.ok ? right.take(parsed, revision) : { kind: 'applied' }),
  };
}

describe('following a feed over a rough network', () => {
  test('cut, repeated, shuffled, delayed and lost events end in the state of the server', () => {
    fc.assert(
      fc.property(steps, fc.array(unharmed, { maxLength: 8 }), (life, connections) => {
        follow(createReplica(), makeHistory('e1', life), connections);
      }),
      { numRuns: RUNS },
    );
  });

  test('a broken record never leaves its token in an older, wider state, and a snapshot heals everything', () => {
    fc.assert(
      fc.property(steps, fc.array(harmed, { maxLength: 8 }), (life, connections) => {
        const history = makeHistory('e1', life);
        const replica = createReplica();
        const { follower } = start(replica);
        const watch = (): void => checkNotWider(replica, history, follower);
        for (const rough of connections) connect(follower, replica, history, rough, watch);
        loadSnapshot(follower, replica, history, history.changes.length);
        for (const number of numbers()) expect(seen(replica, number)).toEqual(expected(history, number));
      }),
      { numRuns: RUNS, examples: [[LIFE_WITH_A_STOLEN_DIGEST, [SMOOTH_UNWRITTEN, STOLEN_DIGEST]]] },
    );
  });

  test('a replica that passes over broken records fails the same test', () => {
    const property = fc.property(steps, fc.array(harmed, { maxLength: 8 }), (life, connections) => {
      const history = makeHistory('e1', life);
      const replica = passesOverBroken();
      const { follower } = start(replica);
      const watch = (): void => checkNotWider(replica, history, follower);
      for (const rough of connections) connect(follower, replica, history, rough, watch);
    });
    expect(fc.check(property, { numRuns: RUNS, seed: 1 }).failed).toBe(true);
  });

  test('a replica in which the last record wins fails the same test', () => {
    const property = fc.property(steps, fc.array(unharmed, { maxLength: 8 }), (life, connections) => {
      follow(lastWriteWins(), makeHistory('e1', life), connections);
    });
    expect(fc.check(property, { numRuns: RUNS, seed: 1 }).failed).toBe(true);
  });

  test('nothing is current while a change that was told of has not been applied', () => {
    fc.assert(
      fc.property(steps, fc.array(unharmed, { maxLength: 8 }), (life, connections) => {
        const history = makeHistory('e1', life);
        const replica = createReplica();
        const { follower, freshness } = start(replica);
        for (const rough of connections) {
          connect(follower, replica, history, rough, () => undefined);
          freshness.onAckSent();
          freshness.onAckAnswered(cursorAt(history, history.changes.length), 0);
          if (!freshness.isCurrent(0)) continue;
          for (const number of numbers()) expect(seen(replica, number)).toEqual(expected(history, number));
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('after a restored backup every tombstone stays and those that the server lacks are offered', () => {
    fc.assert(
      fc.property(steps, steps, fc.nat(40), (before, after, kept) => {
        const first = makeHistory('e1', before);
        const second = makeHistory('e2', after, { history: first, kept });
        const replica = createReplica();
        const { follower } = start(replica);
        loadSnapshot(follower, replica, first, first.changes.length);
        const dead = numbers().filter((number) => seen(replica, number) === 'revoked');
        connect(follower, replica, second, SMOOTH, () => undefined);
        connect(follower, replica, second, SMOOTH, () => undefined);
        const lacking = dead.filter((number) => expected(second, number) !== 'revoked');
        expect(new Set(follower.offered().map(({ id }) => id))).toEqual(new Set(lacking.map(idOf)));
        for (const number of numbers()) {
          const wanted = dead.includes(number) ? 'revoked' : expected(second, number);
          expect(seen(replica, number)).toEqual(wanted);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** No token may do more than some state of the server between the applied position and the head allows. */
function checkNotWider(replica: Replica, history: History, follower: { cursor(): string | undefined }): void {
  const at = history.changes.findIndex(({ cursor }) => cursor === follower.cursor()) + 1;
  for (const number of numbers()) {
    const now = seen(replica, number);
    if (typeof now === 'string' || now.bad || now.suspended) continue;
    const allowed: unknown[] = [];
    for (let revision = at; revision <= history.changes.length; revision++) {
      allowed.push(expected({ ...history, changes: history.changes.slice(0, revision) }, number));
    }
    expect(allowed).toContainEqual(now);
  }
}
