import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRestrictions, NO_RESTRICTIONS } from './compile-restrictions.ts';
import type { ForeignRestriction } from './restriction.ts';

/** What a network can bring, which its type does not promise. */
function compileForeign(list: unknown) {
  return compileRestrictions(list as readonly ForeignRestriction[]);
}

describe('compileRestrictions', () => {
  test('no restrictions are one shared object', () => {
    expect(compileRestrictions([])).toBe(NO_RESTRICTIONS);
  });

  test('canonical restrictions are read whole, and unknown fields are ignored', () => {
    const compiled = compileForeign([
      { kind: 'urls', entries: ['https://app.example.com/maps'], strictPaths: true, since: 2031 },
      { kind: 'applications', applications: [{ platform: 'ios', bundleId: 'com.example.app', team: 'x' }] },
      { kind: 'addresses', ranges: ['10.0.0.0/8'] },
      { kind: 'resources', prefixes: ['/styles/v1'] },
    ]);
    expect(compiled.unsupported).toBeUndefined();
    expect(compiled.urls?.rules.map(({ entry }) => entry)).toEqual(['https://app.example.com/maps']);
    expect(compiled.urls?.strictPaths).toBe(true);
    expect(compiled.applications).toEqual([{ platform: 'ios', bundleId: 'com.example.app' }]);
    expect(compiled.addresses).toEqual([{ text: '10.0.0.0/8', bytes: [10, 0, 0, 0], bits: 8 }]);
    expect(compiled.resources).toEqual(['/styles/v1']);
  });

  test.each([
    ['a kind of the future', [{ kind: 'limits', perMinute: 5 }], '"limits"'],
    ['a kind that every object inherits', [{ kind: 'constructor' }], '"constructor"'],
    ['__proto__ as a kind', [{ kind: '__proto__' }], '"__proto__"'],
    ['no kind', [{ entries: ['example.com'] }], 'a restriction without a kind'],
    ['null for a restriction', [null], 'a restriction without a kind'],
    [
      'a kind twice',
      [
        { kind: 'resources', prefixes: ['/a'] },
        { kind: 'resources', prefixes: ['/b'] },
      ],
      'resources, which is given twice',
    ],
    ['no entries', [{ kind: 'urls', entries: [], strictPaths: false }], 'urls, which does not read'],
    [
      'entries that are no list',
      [{ kind: 'urls', entries: 'example.com', strictPaths: false }],
      'urls, which does not read',
    ],
    [
      'an entry that is not canonical',
      [{ kind: 'urls', entries: ['a.example', 'https://x.example/*'], strictPaths: false }],
      'urls, which does not read',
    ],
    [
      'a wildcard over a top-level domain',
      [{ kind: 'urls', entries: ['*.com'], strictPaths: false }],
      'urls, which does not read',
    ],
    [
      'a wildcard over an address',
      [{ kind: 'urls', entries: ['*.192.0.2.1'], strictPaths: false }],
      'urls, which does not read',
    ],
    [
      'an entry that is no text',
      [{ kind: 'urls', entries: [{}], strictPaths: false }],
      'urls, which does not read',
    ],
    ['no word on strictness', [{ kind: 'urls', entries: ['a.example'] }], 'urls, which does not read'],
    [
      'a platform of the future',
      [{ kind: 'applications', applications: [{ platform: 'watch', bundleId: 'a.b' }] }],
      'applications, which does not read',
    ],
    [
      'an application that is no object',
      [{ kind: 'applications', applications: ['com.example.app'] }],
      'applications, which does not read',
    ],
    [
      'a range that is not canonical',
      [{ kind: 'addresses', ranges: ['10.1.2.3/8'] }],
      'addresses, which does not read',
    ],
    [
      'a prefix that is not canonical',
      [{ kind: 'resources', prefixes: ['/a/'] }],
      'resources, which does not read',
    ],
    ['no list', { kind: 'urls' }, 'restrictions that are not a list'],
  ])('%s makes the token unsupported by name', (_, list, unsupported) => {
    expect(compileForeign(list)).toEqual({ ...NO_RESTRICTIONS, unsupported });
  });

  test('what can be read is not applied beside what cannot', () => {
    const compiled = compileForeign([{ kind: 'resources', prefixes: ['/a'] }, { kind: 'schedule' }]);
    expect(compiled).toEqual({ ...NO_RESTRICTIONS, unsupported: '"schedule"' });
  });

  test('nothing makes it throw, and a list with anything in it never compiles to no restriction', () => {
    const kind = fc.constantFrom('urls', 'applications', 'addresses', 'resources', 'limits');
    const fields = ['entries', 'applications', 'ranges', 'prefixes'] as const;
    const restriction = fc
      .tuple(kind, fc.constantFrom(...fields), fc.anything(), fc.anything())
      .map(([name, field, list, strictPaths]) => ({
        kind: name,
        [field]: list,
        strictPaths,
      }));
    fc.assert(
      fc.property(fc.array(fc.oneof(restriction, fc.anything()), { minLength: 1, maxLength: 4 }), (list) => {
        const { unsupported, ...dimensions } = compileForeign(list);
        expect(
          unsupported !== undefined || Object.values(dimensions).some((dimension) => dimension !== undefined),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
