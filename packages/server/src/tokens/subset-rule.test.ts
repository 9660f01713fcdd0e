import type { CatalogueScope, CheckRequest } from '@latchkey/core';
import { decide, makeCatalogue, parseScope } from '@latchkey/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRotation } from '../rotation/change-rotation.ts';
import { rotateToken } from '../rotation/rotate-token.ts';
import { undoRotation } from '../rotation/undo-rotation.ts';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { TokenCaller } from './caller.ts';
import { createTemporaryToken } from './create-temporary-token.ts';
import { createToken } from './create-token.ts';
import type { RestrictionInput } from './restriction-input.ts';
import { HOUR_MS, NOON, openWorld, refusal, type World } from './testing/world.ts';
import { recordOfRow } from './token-record.ts';
import { updateToken } from './update-token.ts';

const CATALOGUE = makeCatalogue([
  catalogueScope('tiles:read', { public: true }),
  catalogueScope('fonts:read', { public: true }),
  catalogueScope('tiles:write', {}),
  catalogueScope('tokens:write', {}),
  catalogueScope('tokens:read', {}),
  catalogueScope('accounts:write', { operatorOnly: true }),
]);
const GIVEN = ['tiles:read', 'fonts:read', 'tiles:write', 'tokens:write'];

let world: World;
beforeAll(async () => {
  world = await openWorld(CATALOGUE);
});
afterAll(() => world.close());

describe('nobody can give what they lack', () => {
  test.each(subsets(GIVEN).map((scopes) => [scopes.join(' ') || 'nothing', scopes] as const))(
    'a caller with %s gives every set of scopes that it holds, and no other, on every path',
    async (_name, held) => {
      const caller = await world.holder({ scopes: held });
      const mayWrite = held.includes('tokens:write');
      await Promise.all(
        subsets(GIVEN).map(async (wanted) => {
          const isSubset = wanted.every((scope) => held.includes(scope));
          const input = { account: 'acme', scopes: wanted };
          const outcomes = await Promise.all([
            createToken(world.deps, caller, input),
            createTemporaryToken(world.deps, caller, { ...input, expires: NOON + HOUR_MS }),
          ]);
          for (const outcome of outcomes) {
            expect(outcome.ok).toBe(mayWrite && isSubset);
            if (outcome.ok) expect(outcome.value.token.scopes).toEqual(wanted);
            else expect(refusal(outcome).code).toBe(mayWrite ? 'scopes_invalid' : 'insufficient_scope');
          }
        }),
      );
    },
  );

  test.each(subsets(GIVEN).map((scopes) => [scopes.join(' ') || 'nothing', scopes] as const))(
    'a token with %s gets by an update what it has already or what the caller holds whole, and nothing else',
    async (_name, has) => {
      for (const held of subsets(GIVEN.slice(0, 3))) {
        const caller = await world.holder({ scopes: [...held, 'tokens:write'] });
        await Promise.all(
          subsets(GIVEN).map(async (wanted) => {
            const { token } = await world.holder({ scopes: has });
            const input = { account: 'acme', id: token.id, scopes: wanted };
            const outcome = await updateToken(world.deps, caller, input);
            const isNarrowing = wanted.every((scope) => has.includes(scope));
            const isGift = wanted.every((scope) => held.includes(scope) || scope === 'tokens:write');
            const fitsUsage =
              token.usage === 'sk' || wanted.every((scope) => CATALOGUE.get(scope)?.public === true);
            const keepsNone = has.length > 0 || wanted.length === 0;
            expect(outcome.ok).toBe((isNarrowing || isGift) && fitsUsage && keepsNone);
          }),
        );
      }
    },
  );

  test.each(subsets(GIVEN).map((scopes) => [scopes.join(' ') || 'nothing', scopes] as const))(
    'a caller with %s and tokens:write replaces every token that it contains, takes that back, and no other',
    async (_name, held) => {
      const caller = await world.holder({ scopes: [...new Set([...held, 'tokens:write'])] });
      await Promise.all(
        subsets(GIVEN).map(async (has) => {
          const { token } = await world.holder({ scopes: has });
          const input = { account: 'acme', id: token.id };
          const isHeld = has.every((scope) => held.includes(scope) || scope === 'tokens:write');
          const outcome = await rotateToken(world.deps, caller, input);
          expect(outcome.ok).toBe(isHeld);
          if (outcome.ok) expect(outcome.value.token.scopes).toEqual(has);
          else expect(refusal(outcome).code).toBe('scopes_invalid');

          if (!outcome.ok) expect((await rotateToken(world.deps, world.acme, input)).ok).toBe(true);
          const later = { ...input, graceMs: 30 * 24 * HOUR_MS };
          expect((await changeRotation(world.deps, caller, later)).ok).toBe(isHeld);
          expect((await undoRotation(world.deps, caller, input)).ok).toBe(isHeld);
        }),
      );
    },
  );

  test('no request passes with a created token that the token of its creator would not pass', async () => {
    await fc.assert(
      fc.asyncProperty(
        restrictions,
        restrictions,
        restrictions,
        fc.boolean(),
        async (creator, first, second, temporary) => {
          const scopes = ['tokens:write', 'tiles:read'];
          const caller = await world.holder({ ...creator, scopes });
          const made = temporary
            ? await createTemporaryToken(world.deps, caller, {
                account: 'acme',
                scopes,
                expires: NOON + HOUR_MS,
                allowedUrls: first.allowedUrls,
              })
            : await createToken(world.deps, caller, { account: 'acme', scopes, ...first });
          if (!made.ok) return;
          expectWithin(caller, made.value.token);
          const changed = await updateToken(world.deps, caller, {
            account: 'acme',
            id: made.value.token.id,
            ...second,
          });
          if (changed.ok) expectWithin(caller, changed.value.token);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each<[string, RestrictionInput & { expires?: number }, string]>([
    ['resources', { resources: ['/a'] }, 'resources_invalid'],
    ['addresses', { allowedAddresses: ['10.0.0.0/8'] }, 'addresses_invalid'],
    [
      'applications',
      { allowedApplications: [{ platform: 'ios', bundleId: 'com.a' }] },
      'applications_invalid',
    ],
    ['URLs', { allowedUrls: ['a.example'] }, 'urls_invalid'],
    ['time', { expires: NOON + HOUR_MS }, 'expires_after_creator'],
  ])('a caller limited in %s makes no token that is not', async (_what, limit, code) => {
    const caller = await world.holder({ ...limit, scopes: ['tokens:write', 'tiles:read'] });
    const free = { account: 'acme', scopes: ['tiles:read'] };
    expect(refusal(await createToken(world.deps, caller, free)).code).toBe(code);
    expect((await createToken(world.deps, caller, { ...free, ...limit })).ok).toBe(true);
  });

  test('a refused creation stores nothing', async () => {
    const caller = await world.holder({ scopes: ['tokens:write'] });
    const head = await world.deps.store.head();
    await createToken(world.deps, caller, { account: 'acme', scopes: ['tiles:read'] });
    expect(await world.deps.store.head()).toEqual(head);
  });
});

const URLS = ['a.example', 'https://a.example', '*.a.example', 'https://x.a.example/maps', 'b.example'];
const restrictions: fc.Arbitrary<RestrictionInput> = fc
  .record({
    allowedUrls: some(URLS),
    strict: fc.boolean(),
    allowedAddresses: some(['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '2001:db8::/32']),
    resources: some(['/a', '/a/b', '/c']),
    allowedApplications: some([
      { platform: 'ios', bundleId: 'com.a' },
      { platform: 'android', bundleId: 'com.a.b' },
    ] as const),
  })
  .map(({ strict, ...lists }) => (lists.allowedUrls === null ? lists : { ...lists, strictPaths: strict }));

function some<T>(pool: readonly T[]): fc.Arbitrary<T[] | null> {
  const list = fc.subarray([...pool], { minLength: 1 });
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: list });
}

const REQUESTS: readonly CheckRequest[] = product(
  ['https://a.example', 'http://a.example', 'https://x.a.example', 'https://b.example', undefined],
  [undefined, 'https://x.a.example/maps/1', 'https://a.example/'],
  ['/a', '/a/b/1', '/c', '/d'],
  ['10.1.2.3', '10.9.9.9', '2001:db8::1', '192.0.2.1'],
  [undefined, 'com.a', 'com.z'],
).map(([origin, referer, path, address, app]) => ({
  method: 'GET',
  path: path ?? '/',
  authorization: undefined,
  queryToken: undefined,
  origin,
  referer,
  secFetchSite: undefined,
  preflightMethod: undefined,
  iosBundleIdentifier: app,
  androidPackage: undefined,
  userAgent: undefined,
  address,
}));

function expectWithin(creator: TokenCaller, child: TokenRow): void {
  const policy = { requires: [], secretInQuery: 'accept', publicOrigin: undefined } as const;
  const passes = (row: TokenRow, account: AccountRow) => {
    const record = recordOfRow(row, account);
    return REQUESTS.map((request) => decide(record, request, policy, NOON).allow);
  };
  const ofCreator = passes(creator.token, creator.account);
  passes(child, creator.account).forEach((passed, index) => {
    if (passed) expect([REQUESTS[index], ofCreator[index]]).toEqual([REQUESTS[index], true]);
  });
}

function product(...pools: readonly (string | undefined)[][]): (string | undefined)[][] {
  return pools.reduce<(string | undefined)[][]>(
    (rows, pool) => rows.flatMap((row) => pool.map((one) => [...row, one])),
    [[]],
  );
}

function subsets<T>(all: readonly T[]): T[][] {
  const [first, ...rest] = all;
  if (first === undefined) return [[]];
  const without = subsets(rest);
  return [...without, ...without.map((set) => [first, ...set])];
}

function catalogueScope(name: string, kind: Partial<CatalogueScope>): CatalogueScope {
  const id = parseScope(name);
  if (id === undefined) throw new TypeError(`${name} is not a scope`);
  return { id, public: false, operatorOnly: false, description: 'Of the test.', ...kind };
}
