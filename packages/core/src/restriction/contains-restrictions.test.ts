import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInRange, parseAddressRange } from './address-range.ts';
import { checkRestrictions } from './check-restrictions.ts';
import { findRestrictionGap } from './contains-restrictions.ts';
import type { Restriction } from './restriction.ts';
import { bareRequest } from './testing/bare-request.ts';
import { compiled } from './testing/compiled.ts';

const urls: Restriction = { kind: 'urls', entries: ['example.com'], strictPaths: false };
const narrowUrls: Restriction = { kind: 'urls', entries: ['https://app.example.com'], strictPaths: false };
const apps: Restriction = {
  kind: 'applications',
  applications: [
    { platform: 'ios', bundleId: 'com.example.app' },
    { platform: 'android', bundleId: 'com.example.app' },
  ],
};
const narrowApps: Restriction = {
  kind: 'applications',
  applications: [{ platform: 'ios', bundleId: 'com.example.app' }],
};
const resources: Restriction = { kind: 'resources', prefixes: ['/styles/v1', '/fonts/v1'] };
const addresses: Restriction = { kind: 'addresses', ranges: ['10.0.0.0/8', '2001:db8::/32'] };

describe('findRestrictionGap', () => {
  test.each([
    ['nothing in nothing', [], []],
    ['anything in nothing', [], [urls, apps, resources, addresses]],
    ['everything in itself', [urls, apps, resources, addresses], [urls, apps, resources, addresses]],
    ['narrower URLs', [urls], [narrowUrls]],
    ['narrower applications', [apps], [narrowApps]],
    ['URLs alone within both', [urls, apps], [narrowUrls]],
    ['both within both', [urls, apps], [narrowUrls, narrowApps]],
    ['narrower resources', [resources], [{ kind: 'resources', prefixes: ['/fonts/v1/acme'] }]],
    ['narrower addresses', [addresses], [{ kind: 'addresses', ranges: ['10.1.2.3', '2001:db8:1::/48'] }]],
  ] satisfies [string, Restriction[], Restriction[]][])('contains %s', (_, parent, child) => {
    expect(findRestrictionGap(parent, child)).toBeUndefined();
  });

  test.each([
    ['no URLs', [urls], [], 'urls', 'It would have no limit on URLs; the granting token has example.com.'],
    [
      'wider URLs',
      [narrowUrls],
      [urls],
      'urls',
      'example.com is outside the URLs of the granting token: https://app.example.com.',
    ],
    [
      'applications for URLs',
      [urls],
      [apps],
      'urls',
      'It would have no limit on URLs; the granting token has example.com.',
    ],
    [
      'applications beside URLs',
      [urls],
      [urls, apps],
      'applications',
      'With applications it would take requests of no browser; the granting token takes browsers only.',
    ],
    [
      'URLs for applications',
      [narrowApps],
      [urls],
      'applications',
      'It would have no limit on applications; the granting token works in ios com.example.app.',
    ],
    [
      'URLs beside applications',
      [apps],
      [urls, apps],
      'urls',
      'With URLs it would judge browsers by their page; the granting token wants an application of them too.',
    ],
    [
      'applications alone where both are held',
      [urls, apps],
      [apps],
      'urls',
      'It would have no limit on URLs; the granting token has example.com.',
    ],
    [
      'wider applications',
      [narrowApps],
      [apps],
      'applications',
      'android com.example.app is not an application of the granting token: ios com.example.app.',
    ],
    [
      'no resources',
      [resources],
      [],
      'resources',
      'It would have no limit on resources; the granting token has /styles/v1, /fonts/v1.',
    ],
    [
      'wider resources',
      [resources],
      [{ kind: 'resources', prefixes: ['/fonts'] }],
      'resources',
      '/fonts is outside the resources of the granting token: /styles/v1, /fonts/v1.',
    ],
    [
      'no addresses',
      [addresses],
      [],
      'addresses',
      'It would work from any address; the granting token works from 10.0.0.0/8, 2001:db8::/32.',
    ],
    [
      'wider addresses',
      [addresses],
      [{ kind: 'addresses', ranges: ['10.0.0.0/7'] }],
      'addresses',
      '10.0.0.0/7 is outside the addresses of the granting token: 10.0.0.0/8, 2001:db8::/32.',
    ],
    [
      'a list without entries',
      [],
      [{ kind: 'resources', prefixes: [] }],
      'resources',
      'The token asked for has a restriction that cannot be applied: resources, which does not read.',
    ],
    [
      'anything where the parent does not read',
      [{ kind: 'addresses', ranges: ['everywhere'] }],
      [addresses],
      'addresses',
      'The granting token has a restriction that cannot be applied: addresses, which does not read.',
    ],
    [
      'a path without strictness',
      [{ kind: 'urls', entries: ['example.com/maps'], strictPaths: true }],
      [{ kind: 'urls', entries: ['example.com/maps'], strictPaths: false }],
      'urls',
      'example.com/maps is outside the URLs of the granting token: example.com/maps (which wants to see paths: strictPaths must stay on).',
    ],
  ] satisfies [string, Restriction[], Restriction[], string, string][])(
    'does not contain %s, and says what sticks out',
    (_, parent, child, dimension, detail) => {
      expect(findRestrictionGap(parent, child)).toEqual({ dimension, detail });
    },
  );

  test('agrees with the checks about addresses, range by range', () => {
    const bytes = fc.array(fc.constantFrom(0, 1, 127, 128, 255), { minLength: 4, maxLength: 4 });
    const range = fc
      .tuple(bytes, fc.integer({ min: 1, max: 32 }))
      .map(([quad, bits]) => canonicalRange(quad, bits));
    fc.assert(
      fc.property(range, range, (parent, child) => {
        const gap = findRestrictionGap(
          [{ kind: 'addresses', ranges: [parent] }],
          [{ kind: 'addresses', ranges: [child] }],
        );
        expect(gap === undefined).toBe(edges(child).every((edge) => holds(parent, edge)));
      }),
      { numRuns: 2000 },
    );
  });

  test('agrees with the checks about resources, prefix by prefix', () => {
    const prefix = fc
      .array(fc.constantFrom('a', 'b', 'ab', '..a'), { minLength: 1, maxLength: 3 })
      .map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(prefix, prefix, (parent, child) => {
        const held: Restriction = { kind: 'resources', prefixes: [parent] };
        const gap = findRestrictionGap([held], [{ kind: 'resources', prefixes: [child] }]);
        const isSubset = [child, `${child}/x`].every(
          (path) => checkRestrictions(compiled(held), bareRequest({ path }), undefined) === undefined,
        );
        expect(gap === undefined).toBe(isSubset);
      }),
    );
  });
});

function canonicalRange(quad: readonly number[], bits: number): string {
  const whole = quad.reduce((sum, byte) => sum * 256 + byte, 0);
  const network = Math.floor(whole / 2 ** (32 - bits)) * 2 ** (32 - bits);
  const text = [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.');
  return bits === 32 ? text : `${text}/${bits}`;
}

/** The first and the last address of a range: another range that holds both holds all between. */
function edges(range: string): readonly (readonly number[])[] {
  const [text = '', bits = '32'] = range.split('/');
  const first = text.split('.').map(Number);
  const last = first.map((byte, at) => byte | (0xff >> Math.min(Math.max(Number(bits) - at * 8, 0), 8)));
  return [first, last];
}

function holds(range: string, address: readonly number[]): boolean {
  const parsed = parseAddressRange(range);
  return parsed.ok && isInRange(address, parsed.range);
}
