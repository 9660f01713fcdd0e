import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHttpRequest, readQueryToken } from './read-http-request.ts';

test('every header that matters is seen, in any case, with every repeat', () => {
  const headers = [
    'AUTHORIZATION',
    'Bearer a',
    'origin',
    'null',
    'ORIGIN',
    'https://a.example',
    'Referer',
    'r',
  ]
    .concat([
      'Sec-Fetch-Site',
      'none',
      'access-control-request-method',
      'PUT',
      'X-Ios-Bundle-Identifier',
      'i',
    ])
    .concat([
      'X-Android-Package',
      'p',
      'Cookie',
      'access_token=x',
      '__proto__',
      'x',
      'constructor',
      'y',
      'User-Agent',
      'u',
      'odd',
    ]);
  expect(readHttpRequest('GET', '/a/b?x=1&access_token=t', headers, '192.0.2.1')).toEqual({
    method: 'GET',
    path: '/a/b',
    authorization: 'Bearer a',
    queryToken: 't',
    origin: ['null', 'https://a.example'],
    referer: 'r',
    secFetchSite: 'none',
    preflightMethod: 'PUT',
    iosBundleIdentifier: 'i',
    androidPackage: 'p',
    userAgent: 'u',
    address: '192.0.2.1',
  });
});

test.each([
  ['/a/b', '/a/b'],
  ['/a/b?c', '/a/b'],
  ['/a?b?c', '/a'],
  ['/a//b/../c%2Fd?x', '/a//b/../c%2Fd'],
  ['http://api.example.com/a?b', '/a'],
  ['http://api.example.com?b=/c', '/'],
  ['http://api.example.com', '/'],
  ['/a?u=http://b.example/c', '/a'],
  ['//b.example/c', '//b.example/c'],
  ['*', '*'],
  ['', '/'],
])('of the target %j the path is %j', (target, path) => {
  expect(readHttpRequest('GET', target, [], undefined).path).toBe(path);
});

test('the query is read as the platform reads forms', () => {
  const piece = fc.constantFrom(
    'access_token',
    'access%5Ftoken',
    '%61ccess_token',
    'x',
    '=',
    '&',
    '+',
    '%2E',
    'pk.a.b',
    '?',
    '',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const query = pieces.join('');
      const values = new URLSearchParams(`&${query}`).getAll('access_token');
      expect([readQueryToken(query) ?? []].flat()).toEqual(values);
    }),
    { numRuns: 2000 },
  );
});

test('no target and no header makes reading throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' })), (target, headers) => {
      readHttpRequest('GET', target, headers, undefined);
      readHttpRequest('GET', `/?access_token=${target}`, headers, undefined);
    }),
  );
});
