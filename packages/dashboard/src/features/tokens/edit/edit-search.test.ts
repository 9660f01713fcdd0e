import { expect, test } from 'vitest';
import { additionSearch, entriesOf, readEditSearch } from './edit-search.ts';

test('an addition travels in the address and comes back whole', () => {
  const search = readEditSearch({
    ...additionSearch({
      scopes: ['styles:read', 'fonts:read'],
      allowedUrls: ['https://shop.example'],
      allowedApplications: [{ platform: 'ios', bundleId: 'com.example.app' }],
      laxPaths: true,
    }),
  });
  expect(entriesOf(search.scopes)).toEqual(['styles:read', 'fonts:read']);
  expect(entriesOf(search.urls)).toEqual(['https://shop.example']);
  expect(entriesOf(search.applications)).toEqual(['ios:com.example.app']);
  expect(search.laxPaths).toBe(true);
});

test('what is no addition fills in nothing', () => {
  expect(readEditSearch({ scopes: 7, urls: ' ', laxPaths: 'yes', other: 'x' })).toEqual({});
  expect(additionSearch({ scopes: [] })).toEqual({});
});
