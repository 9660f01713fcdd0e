import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CheckRequest, Sighting } from '../decision/check-request.ts';
import type { Decision } from '../decision/decision.ts';
import { deny } from '../decision/deny.ts';
import { NO_RESTRICTIONS } from '../restriction/compile-restrictions.ts';
import { bareRequest } from '../restriction/testing/bare-request.ts';
import { parseScope, type Scope } from '../scope/scope.ts';
import { parseAccountName } from '../token/account-name.ts';
import { parseTokenId, type TokenId } from '../token/token-id.ts';
import type { TokenRecord } from '../token/token-record.ts';
import { addressBlock } from './address-block.ts';
import { originName } from './origin-name.ts';
import { OTHER, outcomeOf } from './outcome.ts';
import { type UsageCounter, type UsageSource, usageRows } from './usage-rows.ts';
import { type CountedPolicy, createUsageTally, type UsageTally } from './usage-tally.ts';

// Counts the same requests in a tally and in plain maps, while tokens change, go, and give their slots to others.

const START = 1_700_000_040_000;
const MINUTE = 60_000;
const TOKENS = 4;
const SLOTS = 3;
/** So few that each is reached; see `TallyLimits`. A token still has fewer rows than users that are told apart. */
const LIMITS = { numbers: 6, count: 120, offset: 2 ** 30 };

interface PlacedToken extends TokenRecord {
  readonly number: number;
  readonly slot: number;
  readonly life: number;
}

const KINDS: readonly { requires: readonly Scope[]; service: string | undefined }[] = [
  { requires: scopes('styles:read'), service: 'maps' },
  { requires: scopes('styles:read', 'fonts:read'), service: undefined },
];
const ORIGINS: readonly Pick<CheckRequest, 'origin' | 'referer'>[] = [
  { origin: undefined, referer: 'https://shop.example/cart' },
  { origin: ['https://a.example', 'https://b.example'], referer: undefined },
];
const AGENTS: readonly Sighting[] = [`curl/${'8'.repeat(600)}`, 'curl/9'];
const ADDRESSES = ['192.0.2.1', '2001:db8::1'];

function scopes(...names: string[]): readonly Scope[] {
  return names.map((name) => parseScope(name)).filter((scope) => scope !== undefined);
}

function idOf(number: number): TokenId {
  const id = parseTokenId(`c${String(number).padStart(24, '0')}`);
  if (id === undefined) throw new TypeError('the sample is wrong');
  return id;
}

function tokenAt(number: number, slot: number, life: number): PlacedToken {
  const name = parseAccountName('acme');
  if (name === undefined) throw new TypeError('the sample is wrong');
  return {
    number,
    slot,
    life,
    id: idOf(number),
    account: { name, suspended: false },
    usage: 'pk',
    revoked: false,
    bad: undefined,
    scopes: [],
    restrictions: NO_RESTRICTIONS,
    expires: Number.POSITIVE_INFINITY,
    revision: 1,
  };
}

/** What may be done, each with what a replica does to slots: whatever comes into one has another life. */
class World {
  readonly tally: UsageTally<PlacedToken> = createUsageTally<PlacedToken>(
    {
      slotOf: ({ slot }) => slot,
      lifeOf: ({ life }) => life,
      writeId({ number }, into, at) {
        into.set([-number, number, 7, -1], at);
      },
      readId: (words, at) => idOf(words[at + 1] ?? 0),
    },
    LIMITS,
  );
  readonly held: (PlacedToken | undefined)[] = [];
  readonly lives: number[] = new Array(SLOTS).fill(-1);
  now = START;
  withAddresses = false;
  readonly counters = new Map<string, number>();
  readonly sources = new Map<string, { count: number; lastAt: number }>();

  place(number: number, slot: number): void {
    for (const [at, token] of this.held.entries()) if (token?.number === number) this.held[at] = undefined;
    this.lives[slot] = (this.lives[slot] ?? 0) + 1;
    this.held[slot] = tokenAt(number, slot, this.lives[slot] ?? 0);
  }

  add(slot: number, about: readonly [kind: number, origin: number, agent: number, address: number]): void {
    const token = this.held[slot];
    const [kind, origin, agent, address] = about;
    const request = bareRequest({
      ...ORIGINS[origin],
      userAgent: AGENTS[agent],
      address: ADDRESSES[address],
    });
    const policy: CountedPolicy = {
      requires: KINDS[kind]?.requires ?? [],
      service: KINDS[kind]?.service,
      secretInQuery: 'flag',
      publicOrigin: undefined,
    };
    const decision: Decision & { readonly token: PlacedToken | undefined } =
      token === undefined
        ? { ...deny('unknown_token'), token: undefined }
        : { allow: true, token, exposedInUrl: false };
    this.tally.add(decision, request, policy, this.now);
    this.note(token?.id ?? null, outcomeOf(decision), policy, request);
  }

  note(token: TokenId | null, outcome: string, policy: CountedPolicy, request: CheckRequest): void {
    const minute = Math.floor(this.now / MINUTE) * MINUTE;
    const service = policy.service ?? 'default';
    const counter = JSON.stringify([minute, token, service, policy.requires.join(' '), outcome]);
    this.counters.set(counter, (this.counters.get(counter) ?? 0) + 1);
    const shown = request.origin ?? request.referer ?? '';
    const origin = typeof shown === 'string' ? originName(shown) : OTHER;
    const agent = String(request.userAgent ?? '').slice(0, 512);
    const address = this.withAddresses ? addressBlock(request.address) : '';
    const source = JSON.stringify([token, service, outcome, origin, nameOf(agent), address]);
    const known = this.sources.get(source) ?? { count: 0, lastAt: 0 };
    this.sources.set(source, { count: known.count + 1, lastAt: Math.max(known.lastAt, this.now) });
  }

  /** Takes everything, and holds it against the maps. */
  take(): void {
    const counters = new Map<string, number>();
    const sources = new Map<string, { count: number; lastAt: number }>();
    for (const table of this.tally.take()) {
      const rows = [...usageRows(table, nameOf)];
      expectOnce(rows.flatMap((row) => row.counters.map(keyOfCounter)));
      expectOnce(rows.flatMap((row) => row.sources.map(keyOfSource)));
      for (const row of rows.flatMap((row) => row.counters)) {
        counters.set(keyOfCounter(row), (counters.get(keyOfCounter(row)) ?? 0) + row.count);
      }
      for (const row of rows.flatMap((row) => row.sources)) {
        const known = sources.get(keyOfSource(row)) ?? { count: 0, lastAt: 0 };
        const lastAt = Math.max(known.lastAt, row.lastAt);
        sources.set(keyOfSource(row), { count: known.count + row.count, lastAt });
      }
    }
    expect(counters).toEqual(this.counters);
    expect(sources).toEqual(this.sources);
    this.counters.clear();
    this.sources.clear();
  }
}

function nameOf(userAgent: string): string {
  return userAgent === '' ? '' : userAgent.slice(0, 4);
}

function keyOfCounter({ minute, token, service, scope, outcome }: UsageCounter): string {
  return JSON.stringify([minute, token, service, scope, outcome]);
}

function keyOfSource({ token, service, outcome, origin, client, address }: UsageSource): string {
  return JSON.stringify([token, service, outcome, origin, client, address]);
}

function expectOnce(keys: readonly string[]): void {
  expect(new Set(keys).size).toBe(keys.length);
}

/** Weighted so that most requests meet a token that was counted before. */
const step = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(
        fc.nat(SLOTS - 1),
        fc.tuple(
          fc.nat(KINDS.length - 1),
          fc.nat(ORIGINS.length - 1),
          fc.nat(AGENTS.length - 1),
          fc.nat(ADDRESSES.length - 1),
        ),
        fc.constantFrom(1, 1, 1, 50),
      )
      .map(([slot, about, times]) => (world: World) => {
        for (let time = 0; time < times; time++) world.add(slot, about);
      }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(TOKENS - 1), fc.nat(SLOTS - 1)).map(
      ([number, slot]) =>
        (world: World) =>
          world.place(number + 1, slot),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat(30_000).map((passed) => (world: World) => {
      world.now += passed;
    }),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -2, max: 2 }).map((minutes) => (world: World) => {
      world.now += minutes * MINUTE;
    }),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((yes) => (world: World) => {
      world.tally.countAddresses(yes);
      world.withAddresses = yes;
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat(2).map((limit) => (world: World) => world.tally.nameClients(nameOf, limit)),
  },
  { weight: 1, arbitrary: fc.constant((world: World) => world.take()) },
);

test('a tally tells what plain maps tell, while tokens change, move, and leave their slots to others', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World();
      for (const take of steps) take(world);
      world.take();
    }),
    { numRuns: 2000 },
  );
});
