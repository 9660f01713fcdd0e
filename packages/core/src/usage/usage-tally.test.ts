import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckRequest } from '../decision/check-request.ts';
import type { Decision } from '../decision/decision.ts';
import { deny } from '../decision/deny.ts';
import { NO_RESTRICTIONS } from '../restriction/compile-restrictions.ts';
import { bareRequest } from '../restriction/testing/bare-request.ts';
import { parseScope, type Scope } from '../scope/scope.ts';
import { parseAccountName } from '../token/account-name.ts';
import { parseTokenId } from '../token/token-id.ts';
import type { TokenRecord } from '../token/token-record.ts';
import { USERS_OF_TOKEN_LIMIT } from './counted-rows.ts';
import { OTHER } from './outcome.ts';
import { sampleIdentity } from './testing/sample-identity.ts';
import { type UsageCounter, type UsageSource, usageRows } from './usage-rows.ts';
import { type CountedPolicy, createUsageTally } from './usage-tally.ts';

const START = 1_700_000_040_000;
const MINUTE = 60_000;

const scopes = (...names: string[]): readonly Scope[] =>
  names.map((name) => parseScope(name)).filter((scope) => scope !== undefined);

function token(number: number): TokenRecord {
  const id = parseTokenId(`c${String(number).padStart(24, '0')}`);
  const name = parseAccountName('acme');
  if (id === undefined || name === undefined) throw new TypeError('the sample is wrong');
  return {
    id,
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

const policy = (over: Partial<CountedPolicy> = {}): CountedPolicy => ({
  requires: scopes('styles:read'),
  secretInQuery: 'flag',
  publicOrigin: undefined,
  service: 'maps',
  ...over,
});

const request = (over: Partial<CheckRequest> = {}): CheckRequest => bareRequest(over);
const allowed = (of: TokenRecord): Decision => ({ allow: true, token: of, exposedInUrl: false });

const newTally = () => createUsageTally<TokenRecord>(sampleIdentity());

type Tally = ReturnType<typeof newTally>;

function taken(tally: Tally, nameOf: (text: string) => string | undefined = (text) => text) {
  const counters: UsageCounter[] = [];
  const sources: UsageSource[] = [];
  for (const table of tally.take()) {
    for (const rows of usageRows(table, nameOf)) {
      counters.push(...rows.counters);
      sources.push(...rows.sources);
    }
  }
  return { counters, sources };
}

const sum = (rows: readonly { readonly count: number }[]) => rows.reduce((all, { count }) => all + count, 0);

describe('a tally', () => {
  test('counts by token, service, scopes, outcome and minute', () => {
    const tally = newTally();
    const add = (of: TokenRecord, over: Partial<CountedPolicy>, now: number) =>
      tally.add(allowed(of), request(), policy(over), now);
    add(token(1), {}, START);
    add(token(1), { requires: scopes('styles:read') }, START + MINUTE - 1);
    add(token(1), { requires: scopes('styles:read', 'fonts:read') }, START);
    add(token(1), { service: undefined }, START + MINUTE);
    add(token(2), { requires: [] }, START + MINUTE);
    tally.add(deny('revoked', undefined, token(2)), request(), policy(), START + MINUTE);
    tally.add(deny('unknown_token'), request(), policy(), START + MINUTE);
    const id = (number: number) => token(number).id;
    const { counters } = taken(tally);
    expect(counters).toHaveLength(6);
    const row = { minute: START, token: id(1), service: 'maps', scope: 'styles:read', outcome: 'allowed' };
    expect(counters).toContainEqual({ ...row, count: 2 });
    expect(counters).toContainEqual({ ...row, scope: 'styles:read fonts:read', count: 1 });
    const later = { ...row, minute: START + MINUTE, count: 1 };
    expect(counters).toContainEqual({ ...later, service: 'default' });
    expect(counters).toContainEqual({ ...later, token: id(2), scope: '' });
    expect(counters).toContainEqual({ ...later, token: id(2), outcome: 'revoked' });
    expect(counters).toContainEqual({ ...later, token: null, outcome: 'unknown_token' });
    expect(taken(tally)).toEqual({ counters: [], sources: [] });
  });

  test('leaves preflights out, and what a door in front counted as the same token', () => {
    const tally = newTally();
    const preflight = { method: 'OPTIONS', preflightMethod: 'GET' };
    tally.add(deny('no_token'), request(preflight), policy(), START);
    tally.add(allowed(token(1)), request(), policy({ countedAs: token(1).id }), START);
    expect(taken(tally).counters).toEqual([]);
    tally.add(allowed(token(1)), request(), policy({ countedAs: token(2).id }), START);
    tally.add(deny('no_token'), request({ method: 'OPTIONS' }), policy(), START);
    tally.add(deny('no_token'), request(), policy({ countedAs: token(1).id }), START);
    expect(sum(taken(tally).counters)).toBe(3);
  });

  test('tells hosts, clients and the last time apart, and addresses only once it is asked to', () => {
    const tally = newTally();
    const add = (over: Partial<CheckRequest>, now: number) =>
      tally.add(allowed(token(1)), request({ address: '192.0.2.77', ...over }), policy(), now);
    add({ origin: 'https://shop.example', userAgent: 'curl/8' }, START + 3);
    add({ referer: 'https://shop.example/cart?id=7', userAgent: 'curl/8' }, START + 9);
    add({ origin: 'http://shop.example:8080', referer: 'https://other.example/' }, START + 5);
    add({ origin: 'capacitor://localhost' }, START);
    add({ origin: ['https://a.example', 'https://b.example'] }, START);
    add({ origin: 'no origin' }, START);
    add({ origin: 'null' }, START);
    const { sources } = taken(tally);
    const row = { token: token(1).id, service: 'maps', outcome: 'allowed', client: '', address: '' };
    expect(sources).toHaveLength(5);
    expect(sources).toContainEqual({
      ...row,
      origin: 'shop.example',
      client: 'curl/8',
      count: 2,
      lastAt: START + 9,
    });
    expect(sources).toContainEqual({ ...row, origin: 'shop.example:8080', count: 1, lastAt: START + 5 });
    for (const origin of ['capacitor://localhost', 'null'])
      expect(sources).toContainEqual({ ...row, origin, count: 1, lastAt: START });
    expect(sources).toContainEqual({ ...row, origin: OTHER, count: 2, lastAt: START });

    tally.countAddresses(true);
    add({ address: '::ffff:192.0.2.99' }, START);
    add({ address: '192.0.2.1' }, START);
    add({ address: '2001:db8:1:2::3' }, START);
    add({ address: undefined }, START);
    expect(taken(tally).sources.map(({ address, count }) => [address, count])).toEqual([
      ['', 1],
      ['2001:db8:1::/48', 1],
      ['192.0.2.0/24', 2],
    ]);
  });

  test('puts clients of one name together, named at once or later', () => {
    const tally = newTally();
    const add = (userAgent: string) => tally.add(allowed(token(1)), request({ userAgent }), policy(), START);
    add('one/1');
    add('one/2');
    tally.nameClients((text) => text.slice(0, 3), 1);
    add('one/1');
    add('two/1');
    expect(
      taken(tally, (text) => text.slice(0, 3)).sources.map(({ client, count }) => [client, count]),
    ).toEqual([
      ['two', 1],
      ['one', 3],
    ]);
    add('ten/1');
    expect(taken(tally, () => undefined).sources).toMatchObject([{ client: OTHER, count: 1 }]);
  });

  test('loses no request, whatever hosts and programs call, and keeps few of them', () => {
    const requests = fc.array(
      fc.record({
        of: fc.integer({ min: 0, max: 4 }),
        origin: fc.integer({ min: 0, max: 99 }),
        client: fc.integer({ min: 0, max: 99 }),
        isAllowed: fc.boolean(),
        after: fc.integer({ min: -90_000, max: 90_000 }),
      }),
      { minLength: 1, maxLength: 400 },
    );
    fc.assert(
      fc.property(requests, (list) => {
        const tally = newTally();
        for (const { of, origin, client, isAllowed, after } of list) {
          const found = of === 0 ? undefined : token(of);
          const decision =
            isAllowed && found !== undefined ? allowed(found) : deny('url_not_allowed', undefined, found);
          const seen = { origin: `https://${origin}.example`, userAgent: `client/${client}` };
          tally.add(decision, request(seen), policy(), START + after);
          if (client === 7) tally.nameClients((text) => text, 3);
        }
        const tables = tally.take();
        for (const table of tables) {
          for (const { counters, sources } of usageRows(table, (text) => text)) {
            expect(sum(counters)).toBe(sum(sources));
            // Two outcomes, each with one row of all the others.
            expect(sources.length).toBeLessThanOrEqual(USERS_OF_TOKEN_LIMIT + 2);
          }
        }
        const rows = tables.flatMap((table) => [...usageRows(table, (text) => text)]);
        expect(sum(rows.flatMap(({ counters }) => counters))).toBe(list.length);
      }),
      { numRuns: 200 },
    );
  });

  test('tells any number of tokens apart', () => {
    const tally = newTally();
    for (let time = 0; time < 2; time++) {
      for (let number = 0; number < 20_000; number++)
        tally.add(allowed(token(number)), request(), policy(), START);
    }
    const { counters } = taken(tally);
    expect(new Set(counters.map((counter) => counter.token)).size).toBe(20_000);
    expect(counters.every(({ count }) => count === 2)).toBe(true);
  });

  test('tells clients of tokens apart, however many more come than it can know again', () => {
    const tally = newTally();
    const expected = new Map<string, number>();
    const same = policy();
    let random = 1;
    for (let time = 0; time < 16_000; time++) {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      const [of, userAgent] = [token(time % 1000), `client/${(random >>> 8) % 8000}`];
      tally.add(allowed(of), request({ userAgent }), same, START);
      expected.set(`${of.id} ${userAgent}`, (expected.get(`${of.id} ${userAgent}`) ?? 0) + 1);
    }
    const { sources } = taken(tally);
    expect(new Map(sources.map((row) => [`${row.token} ${row.client}`, row.count]))).toEqual(expected);
  });

  test('counts on in another row where one is full, and in another minute where one grows too long', () => {
    const limits = { numbers: 2 ** 30, count: 5, offset: 10 * MINUTE };
    const same = policy();
    const tally = createUsageTally<TokenRecord>(sampleIdentity(), limits);
    for (let time = 0; time < 12; time++) tally.add(allowed(token(1)), request(), same, START);
    const [table] = tally.take();
    if (table === undefined) throw new TypeError('nothing was counted');
    expect(table.rowCount).toBe(3);
    expect([...usageRows(table, () => '')].flatMap((rows) => rows.sources)).toMatchObject([{ count: 12 }]);

    for (let minute = 0; minute < 1000; minute++) {
      tally.add(allowed(token(1)), request(), policy(), START + minute * MINUTE);
    }
    const tables = tally.take();
    const spans = tables.map(({ minute }, at) => (tables[at + 1]?.minute ?? minute) - minute);
    expect(Math.max(...spans)).toBe(10 * MINUTE);
    const rows = tables.flatMap((each) => [...usageRows(each, () => '')]);
    expect(sum(rows.flatMap(({ counters }) => counters))).toBe(1000);
    expect(rows.at(-1)?.sources).toMatchObject([{ lastAt: START + 999 * MINUTE }]);
  });

  test('puts minutes together, and loses none of their requests, while nobody takes them', () => {
    const tally = newTally();
    for (let minute = 0; minute < 1000; minute++) {
      tally.add(allowed(token(1)), request(), policy(), START + minute * MINUTE);
    }
    const tables = tally.take();
    expect(tables.length).toBeLessThan(200);
    const counters = tables
      .flatMap((table) => [...usageRows(table, () => '')])
      .flatMap((rows) => rows.counters);
    expect(sum(counters)).toBe(1000);
    tally.add(allowed(token(1)), request(), policy(), START);
    expect(taken(tally).counters).toMatchObject([{ minute: START, count: 1 }]);
  });
});

test('remembers the newest request that brought a secret in a URL, once, and no other request', () => {
  const tally = newTally();
  const secret = { ...token(1), usage: 'sk' } as const;
  const exposed: Decision = { allow: true, token: secret, exposedInUrl: true };
  tally.add(exposed, request({ origin: 'https://old.example' }), policy(), START);
  tally.add(exposed, request({ origin: 'https://shop.example', userAgent: 'curl/8' }), policy(), START + 5);
  tally.add(allowed(token(2)), request(), policy(), START + 6);
  const name = () => 'curl';
  expect(tally.takeExposures(name)).toEqual([
    { token: secret.id, service: 'maps', origin: 'shop.example', client: 'curl', at: START + 5 },
  ]);
  expect(tally.takeExposures(name)).toEqual([]);
});
