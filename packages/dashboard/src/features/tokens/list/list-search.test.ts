import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFiltered, readListSearch } from './list-search.ts';

test('an address keeps search, filters and order', () => {
  const query = {
    q: 'shop',
    usage: 'sk',
    status: 'revoked',
    scope: 'styles:read',
    unused: 30,
    exposed: true,
    anywhere: true,
    sort: 'lastUsed',
  };
  expect(readListSearch(query)).toEqual(query);
  expect(readListSearch({ unused: '30', exposed: 'true', q: 2026 })).toEqual({
    unused: 30,
    exposed: true,
    q: '2026',
  });
});

test('what does not read is dropped, and what was read reads again', () => {
  expect(
    readListSearch({
      usage: 'xx',
      status: 1,
      unused: -3,
      exposed: 'no',
      sort: '__proto__',
      q: '  ',
      more: 1,
    }),
  ).toEqual({});
  fc.assert(
    fc.property(fc.object(), (query) => {
      const read = readListSearch(query);
      expect(readListSearch({ ...read })).toEqual(read);
    }),
  );
});

test('an order alone narrows nothing', () => {
  expect(isFiltered({ sort: 'note' })).toBe(false);
  expect(isFiltered({ q: 'x' })).toBe(true);
  expect(isFiltered({ exposed: true, sort: 'note' })).toBe(true);
});
