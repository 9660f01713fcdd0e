import { expect, test } from 'vitest';
import { publicSuffixWarnings } from './url-linter.ts';

test.each([
  ['github.io', 'github.io'],
  ['https://vercel.app', 'vercel.app'],
  ['*.github.io', 'github.io'],
  ['http://co.uk/maps', 'co.uk'],
  ['com:8443', 'com'],
  ['amazonaws.com', 'amazonaws.com'],
  ['s3.amazonaws.com', 's3.amazonaws.com'],
])('%s lets in strangers below %s, and a warning says so', (entry, suffix) => {
  expect(publicSuffixWarnings([entry])).toEqual([{ code: 'public_suffix', entry, suffix }]);
});

test.each([
  'example.com',
  'acme.github.io',
  'https://acme.vercel.app/maps',
  'localhost',
  'intranet',
  '127.0.0.1:8080',
  'http://[::1]:8080',
  'capacitor://localhost',
])('%s is no shared host', (entry) => expect(publicSuffixWarnings([entry])).toEqual([]));
