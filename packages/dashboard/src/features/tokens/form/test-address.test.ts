import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { testAddress } from './test-address.ts';
import { addEntries } from './url-entries.ts';

const outcomes = (text: string, entries: readonly string[], strict = false) =>
  testAddress(text, entries, strict)?.requests.map(({ kind, allowed, reason }) => [kind, allowed || reason]);

const verdict = (text: string, entry: string) => testAddress(text, [entry], false)?.entries[0]?.verdict;

test('a page on a listed site is let in, and the one whose page hides itself is not', () => {
  expect(outcomes('https://app.example.com/map', ['example.com'])).toEqual([
    ['fetch', true],
    ['image', true],
    ['same_origin', true],
    ['no_referrer', 'evidence_missing'],
  ]);
});

test('a page elsewhere is refused, and told why', () => {
  const tested = testAddress('https://evil.example', ['example.com'], false);
  expect(tested?.requests[0]).toMatchObject({
    allowed: false,
    reason: 'url_not_allowed',
    detail: 'Origin is "https://evil.example", which this token does not list. It allows example.com.',
    step: { check: 'url', outcome: 'failed' },
  });
});

test('an address without a scheme is taken as https', () => {
  expect(testAddress('app.example.com/a?b#c', ['example.com'], false)).toMatchObject({
    origin: 'https://app.example.com',
    path: '/a',
  });
});

test.each(['', '   ', 'not an address', 'data:text/plain,x', 'https://', 'example.com:99999'])(
  '%j is no address of a page',
  (text) => expect(testAddress(text, ['example.com'], false)).toBeUndefined(),
);

const host = fc.constantFrom('a.example', 'b.a.example', 'ba.example', 'localhost', '127.0.0.1');
const addressPart = fc.tuple(
  fc.constantFrom('', 'http://', 'https://'),
  host,
  fc.constantFrom('', ':80', ':443', ':3000'),
  fc.constantFrom('', '/a', '/a/b', '/ab'),
);

test('some entry admits a page exactly where the decision lets it in', () => {
  const entries = fc.array(addressPart, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(entries, addressPart, fc.boolean(), (written, page, strict) => {
      const canonical = addEntries([], written.map((parts) => parts.join('')).join(' ')).entries;
      const list = canonical.map(({ entry }) => entry);
      const tested = testAddress(page.join(''), list, strict);
      const isAllowed = tested?.requests.find(({ kind }) => kind === 'same_origin')?.allowed;
      expect(tested?.entries.some(({ verdict: said }) => said === 'admits')).toBe(isAllowed);
    }),
  );
});

test('each entry says why it does not admit the page', () => {
  expect(verdict('https://app.example.com', 'example.com')).toBe('admits');
  expect(verdict('https://example.org', 'example.com')).toBe('other_host');
  expect(verdict('https://notexample.com', 'example.com')).toBe('other_host');
  expect(verdict('https://example.com', '*.example.com')).toBe('subdomains_only');
  expect(verdict('http://example.com', 'https://example.com')).toBe('other_scheme');
  expect(verdict('https://example.com:8443', 'example.com')).toBe('other_port');
  expect(verdict('https://example.com/b', 'example.com/a')).toBe('other_path');
  expect(verdict('http://localhost:3000', 'localhost')).toBe('admits');
  expect(verdict('https://[::1]:1', '[::1]')).toBe('admits');
});

test('a path is seen from the same origin only, and strict paths refuse what cannot be seen', () => {
  const entries = ['example.com/maps'];
  expect(outcomes('https://example.com/maps/1', entries)).toEqual([
    ['fetch', true],
    ['image', true],
    ['same_origin', true],
    ['no_referrer', 'evidence_missing'],
  ]);
  expect(outcomes('https://example.com/maps/1', entries, true)?.slice(0, 3)).toEqual([
    ['fetch', 'path_not_visible'],
    ['image', 'path_not_visible'],
    ['same_origin', true],
  ]);
  expect(outcomes('https://example.com/other', entries)?.[2]).toEqual(['same_origin', 'url_not_allowed']);
});

test('a token without entries works on every page', () => {
  expect(outcomes('https://anywhere.example', [])?.map(([, allowed]) => allowed)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});
