import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admits, recordOf } from '../grant/testing/find-violation.ts';
import { worlds } from '../grant/testing/worlds.ts';
import { compileRestrictions } from '../restriction/compile-restrictions.ts';
import type { ForeignRestriction } from '../restriction/restriction.ts';
import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import type { CheckRequest, Sighting } from './check-request.ts';
import { checkRequest } from './check-request-decision.ts';
import { decide } from './decide.ts';
import type { Policy, TokenSource } from './decision.ts';
import { refusalTable } from './refusal-table.ts';
import type { Trace } from './trace.ts';

const policy: Policy = { requires: [], secretInQuery: 'flag', publicOrigin: 'https://api.example.net' };
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'pskt.:/@%#?*[]\\,; \u0000\u00ad\u200b\ud800Beare0') }),
  fc.constantFrom(
    'Bearer sk.a.b',
    'pk.a.b',
    'https://app.example.com',
    'null',
    'blob:https://a.example/x',
    '::1',
    '/a/%2e%2e',
  ),
);
const sighting: fc.Arbitrary<Sighting> = fc.oneof(
  fc.constant(undefined),
  anyText,
  fc.array(anyText, { maxLength: 3 }),
);
const anyRequest: fc.Arbitrary<CheckRequest> = fc.record({
  method: anyText,
  path: anyText,
  authorization: sighting,
  queryToken: sighting,
  origin: sighting,
  referer: sighting,
  secFetchSite: sighting,
  preflightMethod: sighting,
  iosBundleIdentifier: sighting,
  androidPackage: sighting,
  userAgent: sighting,
  address: fc.option(anyText, { nil: undefined }),
});
const anyRestriction: fc.Arbitrary<ForeignRestriction> = fc.oneof(
  fc.constantFrom(...worlds.flatMap(({ grants }) => grants).flatMap(({ restrictions }) => restrictions)),
  fc.record({
    kind: fc.constantFrom('urls', 'addresses', 'applications', 'resources', 'x'),
    entries: fc.jsonValue(),
  }),
);
const anyRecord: fc.Arbitrary<TokenRecord> = fc
  .tuple(
    fc.constantFrom(...worlds.flatMap(({ grants }) => grants)),
    fc.array(anyRestriction, { maxLength: 4 }),
  )
  .map(([grant, list]) => ({ ...recordOf(grant), restrictions: compileRestrictions(list) }));

describe('whatever comes', () => {
  test('the decision answers with a known reason and never throws, traced or not', () => {
    fc.assert(
      fc.property(anyRequest, anyRecord, fc.double(), (request, record, now) => {
        const source = sourceOf(() => record);
        const trace: Trace = [];
        const decision = checkRequest(request, policy, source, now, trace);
        expect(checkRequest(request, policy, source, now)).toEqual(decision);
        expect(trace).toHaveLength(16);
        if (!decision.allow) expect(Object.keys(refusalTable)).toContain(decision.reason);
        decide(record, request, policy, now, trace);
      }),
      { numRuns: 3000 },
    );
  });

  test('a request is allowed only with one token in one place', () => {
    const source = sourceOf((text) => (/^[ps]k\.a\.b$/.test(text) ? recordOf(someGrant()) : undefined));
    const values = fc.constantFrom(
      '',
      'Bearer',
      'Bearer sk.a.b',
      'bearer pk.a.b',
      'Basic YTpi',
      'sk.a.b',
      'pk.a.b',
    );
    const places = fc.oneof(fc.constant(undefined), values, fc.array(values, { maxLength: 3 }));
    fc.assert(
      fc.property(places, places, (authorization, queryToken) => {
        const headers = [authorization ?? []].flat();
        const inHeader = headers.filter((one) => one.toLowerCase().startsWith('bearer '));
        const inQuery = new Set([queryToken ?? []].flat());
        const isClear =
          headers.length <= 1 &&
          inQuery.size <= 1 &&
          inHeader.length + [...inQuery].filter((one) => /^[ps]k\.a\.b$/.test(one)).length === 1 &&
          (inHeader.length === 0 || inQuery.size === 0 || inQuery.has(''));
        const decision = checkRequest({ ...request(), authorization, queryToken }, policy, source, 0);
        expect(decision.allow).toBe(isClear);
      }),
      { numRuns: 2000 },
    );
  });

  test('the source is asked once at most, and never for what is longer than a token or stands in two places', () => {
    const asked: string[] = [];
    const source = sourceOf((text) => {
      asked.push(text);
      return undefined;
    });
    const ask = (authorization: Sighting, queryToken?: Sighting) => {
      checkRequest({ ...request(), authorization, queryToken }, policy, source, 0);
      return asked.splice(0);
    };
    expect(ask('Bearer sk.a.b')).toEqual(['sk.a.b']);
    expect(ask(undefined, ['pk.a.b', 'pk.a.b'])).toEqual(['pk.a.b']);
    for (const bad of ['Basic YTpi', 'Bearer', '', `Bearer sk.a.${'b'.repeat(9000)}`])
      expect(ask(bad)).toEqual([]);
    expect(ask('Bearer sk.a.b', 'sk.a.b')).toEqual([]);
  });
});

describe('a restriction added never widens', () => {
  const grants = worlds.flatMap((world) => world.grants.map((grant) => ({ grant, uses: world.uses })));
  const added = fc.constantFrom(...grants.flatMap(({ grant }) => grant.restrictions));

  test('whatever kind it is of, save that URLs and applications are alternatives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...grants), added, fc.nat(), ({ grant, uses }, restriction, pick) => {
        const kinds = grant.restrictions.map(({ kind }) => kind);
        fc.pre(!kinds.includes(restriction.kind));
        fc.pre(!(restriction.kind === 'applications' && kinds.includes('urls')));
        fc.pre(!(restriction.kind === 'urls' && kinds.includes('applications')));
        const use = uses[pick % uses.length];
        if (use === undefined) return;
        const narrowed = { ...grant, restrictions: [...grant.restrictions, restriction] };
        if (admits(narrowed, use)) expect(admits(grant, use)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('and one of a kind that nobody knows denies everything', () => {
    for (const { grant, uses } of grants) {
      const record = {
        ...recordOf(grant),
        restrictions: compileRestrictions([...grant.restrictions, { kind: 'x' }]),
      };
      for (const { request, now } of uses) {
        const decision = decide({ ...record, expires: Number.POSITIVE_INFINITY }, request, policy, now);
        expect(decision).toMatchObject({ allow: false, reason: 'unsupported_restriction' });
      }
    }
  });
});

describe('a record that cannot be right', () => {
  test.each([
    ['an end that is not a number', { expires: Number.NaN }, 'expired'],
    ['an end at minus infinity', { expires: Number.NEGATIVE_INFINITY }, 'expired'],
    ['a record marked bad', { bad: 'scopes is not a list' }, 'bad_record'],
    ['a record marked bad and revoked', { bad: 'x', revoked: true }, 'bad_record'],
  ])('%s denies the token', (_, change, reason) => {
    const record = { ...recordOf(someGrant()), ...change };
    expect(decide(record, request(), policy, 0)).toMatchObject({ allow: false, reason, token: record });
  });
});

test('deciding a known token by its record explains the checks from the record on', () => {
  const trace: Trace = [];
  decide(recordOf(someGrant()), request(), { ...policy, requires: ['tokens:write' as Scope] }, 0, trace);
  expect(trace.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
    'record_readable passed',
    'not_revoked passed',
    'not_expired passed',
    'replica_current passed',
    'account_active passed',
    'restrictions_supported passed',
    'scope failed',
    'resource skipped',
    'url skipped',
    'application skipped',
    'address skipped',
  ]);
  expect(trace.find(({ check }) => check === 'scope')).toEqual({
    check: 'scope',
    outcome: 'failed',
    saw: 'styles:read',
    wants: 'tokens:write',
  });
});

function sourceOf(find: TokenSource['find']): TokenSource {
  return { find, isCurrent: () => true, isStaleFor: () => false };
}

function someGrant() {
  const grant = worlds.find(({ name }) => name === 'resources')?.grants[0];
  if (grant === undefined) throw new TypeError('there is no such grant');
  return grant;
}

function request(): CheckRequest {
  const use = worlds[0]?.uses[0];
  if (use === undefined) throw new TypeError('there is no use');
  return use.request;
}
