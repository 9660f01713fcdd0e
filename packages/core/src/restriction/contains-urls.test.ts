import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkUrls } from './check-urls.ts';
import { findUncoveredUrl } from './contains-urls.ts';
import { bareRequest } from './testing/bare-request.ts';
import { urlIndex } from './testing/compiled.ts';

const SCHEMES = ['', 'http://', 'https://', 'capacitor://'] as const;
const HOSTS = [
  'example.com',
  '*.example.com',
  'app.example.com',
  '*.app.example.com',
  'notexample.com',
  'localhost',
  '127.0.0.1',
] as const;
const PORTS = ['', ':8443', ':443', ':80'] as const;
const PATHS = ['', '/maps', '/maps/city', '/docs'] as const;

const entries = SCHEMES.flatMap((scheme) =>
  HOSTS.flatMap((host) => PORTS.flatMap((port) => PATHS.map((path) => `${scheme}${host}${port}${path}`))),
).filter((entry) => isCanonical(entry) && !hidesItsPath(entry));

/** Every entry's boundary has a request on either side of it here. */
const requests = ['http', 'https', 'capacitor', 'ftp'].flatMap((scheme) =>
  [
    'example.com',
    'app.example.com',
    'a.app.example.com',
    'x.example.com',
    'notexample.com',
    'localhost',
    '127.0.0.1',
  ].flatMap((host) =>
    ['', ':8443', ':443', ':80', ':9'].flatMap((port) => {
      const origin = `${scheme}://${host}${port}`;
      const pages = ['/maps', '/maps/city', '/maps/else', '/docs', '/other'].map((path) =>
        bareRequest({ origin, referer: `${origin}${path}` }),
      );
      return [bareRequest({ origin }), ...pages];
    }),
  ),
);

const entry = fc.constantFrom(...entries);
const restriction = fc.tuple(fc.uniqueArray(entry, { minLength: 1, maxLength: 4 }), fc.boolean());

describe('findUncoveredUrl', () => {
  test('agrees with what the checks admit, entry by entry', () => {
    const one = fc.tuple(entry, fc.boolean());
    fc.assert(
      fc.property(one, one, ([parentEntry, parentStrict], [childEntry, childStrict]) => {
        const parent = urlIndex([parentEntry], parentStrict);
        const child = urlIndex([childEntry], childStrict);
        const isSubset = requests.every((request) => !admits(child, request) || admits(parent, request));
        expect(findUncoveredUrl(parent, child) === undefined).toBe(isSubset);
      }),
      { numRuns: 2000 },
    );
  });

  test('a list that is contained admits nothing that its parent refuses', () => {
    fc.assert(
      fc.property(restriction, restriction, ([held, parentStrict], [asked, childStrict]) => {
        const parent = urlIndex(held, parentStrict);
        const child = urlIndex(asked, childStrict);
        if (findUncoveredUrl(parent, child) !== undefined) return;
        for (const request of requests)
          if (admits(child, request)) expect(admits(parent, request)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('each entry must lie within one entry of the parent', () => {
    const parent = urlIndex(['http://example.com', 'https://example.com']);
    expect(findUncoveredUrl(parent, urlIndex(['https://example.com', 'example.com']))?.entry).toBe(
      'example.com',
    );
  });

  test('*.example.com does not contain example.com', () => {
    expect(findUncoveredUrl(urlIndex(['*.example.com']), urlIndex(['example.com']))?.entry).toBe(
      'example.com',
    );
    expect(findUncoveredUrl(urlIndex(['example.com']), urlIndex(['*.example.com']))).toBeUndefined();
  });

  test('a strict path is contained only in strictness', () => {
    const parent = urlIndex(['https://example.com/maps'], true);
    expect(findUncoveredUrl(parent, urlIndex(['https://example.com/maps/city'], false))).toBeDefined();
    expect(findUncoveredUrl(parent, urlIndex(['https://example.com/maps/city'], true))).toBeUndefined();
  });
});

function admits(index: ReturnType<typeof urlIndex>, request: ReturnType<typeof bareRequest>): boolean {
  return checkUrls(index, request, undefined) === undefined;
}

function isCanonical(text: string): boolean {
  try {
    return urlIndex([text]).rules.length === 1;
  } catch {
    return false;
  }
}

/** No Referer shows the path of a native shell's page: a strict entry with one admits nothing, which nobody means. */
function hidesItsPath(entry: string): boolean {
  return /^capacitor:\/\/[^/]+\//.test(entry);
}
