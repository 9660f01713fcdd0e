import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Restriction } from '../restriction/restriction.ts';
import { contains, containsIn, grantDimensions } from './contains.ts';
import type { Grant } from './grant.ts';
import { admits, findViolation } from './testing/find-violation.ts';
import { worlds } from './testing/worlds.ts';

const isContained = (parent: Grant, child: Grant) => contains(parent, child).contained;
const allGrants = worlds.flatMap(({ grants }) => grants);
const anyGrant = fc.constantFrom(...allGrants);
const anyUse = fc.constantFrom(...worlds.flatMap(({ uses }) => uses));

describe('what a contained child is allowed, its parent is allowed', () => {
  test.each(worlds)('for every pair of grants and every use: $name', (world) => {
    expect(findViolation(world, isContained)).toBeUndefined();
  });

  test('for grants mixed from all dimensions', () => {
    const mixed = fc
      .tuple(anyGrant, anyGrant, anyGrant)
      .map(([one, two, three]) => ({ ...one, restrictions: merged([two, three]), expires: three.expires }));
    fc.assert(
      fc.property(mixed, mixed, anyUse, (parent, child, use) => {
        fc.pre(isContained(parent, child));
        if (admits(child, use)) expect(admits(parent, use)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the check above can fail', () => {
  test.each(grantDimensions.map((dimension) => ({ dimension })))(
    'without the dimension $dimension it finds a child that can do more than its parent',
    ({ dimension }) => {
      const others = grantDimensions.filter((name) => name !== dimension);
      const mutant = (parent: Grant, child: Grant) => containsIn(others, parent, child).contained;
      const violations = worlds
        .map((world) => findViolation(world, mutant))
        .filter((one) => one !== undefined);
      expect(violations).not.toEqual([]);
      for (const { parent, child } of violations)
        expect(contains(parent, child)).toMatchObject({ dimension });
    },
  );
});

describe('contains is not stricter than it has to be', () => {
  test('for every pair of scope sets: exactly the subsets are contained', () => {
    const grants = worlds.find(({ name }) => name === 'scopes')?.grants ?? [];
    expect(grants).toHaveLength(32);
    for (const parent of grants) {
      for (const child of grants) {
        expect(isContained(parent, child)).toBe(child.scopes.every((scope) => parent.scopes.includes(scope)));
      }
    }
  });

  test('every grant contains itself', () => {
    for (const grant of allGrants) expect(contains(grant, grant)).toEqual({ contained: true });
  });

  test('a grant contains what is left of it when scopes, list entries or time are taken away', () => {
    const narrowed = anyGrant.chain((parent) =>
      fc
        .record({
          scopes: fc.subarray([...parent.scopes]),
          restrictions: fc.tuple(...parent.restrictions.map(shortened)),
          expires:
            parent.expires === null ? fc.constantFrom(null, 5) : fc.integer({ min: 1, max: parent.expires }),
        })
        .map((child) => ({ parent, child })),
    );
    fc.assert(
      fc.property(narrowed, ({ parent, child }) => {
        expect(contains(parent, child)).toEqual({ contained: true });
      }),
    );
  });
});

test('containment is handed on: what a child contains, its parent contains', () => {
  fc.assert(
    fc.property(anyGrant, anyGrant, anyGrant, (one, two, three) => {
      fc.pre(isContained(one, two) && isContained(two, three));
      expect(isContained(one, three)).toBe(true);
    }),
    { maxSkipsPerRun: 1000 },
  );
});

test('an expiry that is not a number is never contained', () => {
  const [grant] = allGrants;
  if (grant === undefined) throw new TypeError('there are no grants');
  expect(contains({ ...grant, expires: 1 }, { ...grant, expires: Number.NaN }).contained).toBe(false);
  expect(contains({ ...grant, expires: Number.NaN }, { ...grant, expires: 1 }).contained).toBe(false);
});

/** At most one restriction of each kind. */
function merged(grants: readonly Grant[]): readonly Restriction[] {
  const byKind = new Map(grants.flatMap(({ restrictions }) => restrictions).map((one) => [one.kind, one]));
  return [...byKind.values()];
}

function shortened(restriction: Restriction): fc.Arbitrary<Restriction> {
  const some = <T>(list: readonly T[]) => fc.subarray([...list], { minLength: 1 });
  switch (restriction.kind) {
    case 'urls':
      return some(restriction.entries).map((entries) => ({ ...restriction, entries }));
    case 'applications':
      return some(restriction.applications).map((applications) => ({ ...restriction, applications }));
    case 'addresses':
      return some(restriction.ranges).map((ranges) => ({ ...restriction, ranges }));
    case 'resources':
      return some(restriction.prefixes).map((prefixes) => ({ ...restriction, prefixes }));
  }
}
