import { expect, test } from 'vitest';
import { readMapOptions } from './map-options.ts';

test('with a server and a token, the rest has defaults', () => {
  expect(readMapOptions({ LATCHKEY_URL: 'http://127.0.0.1:8420', LATCHKEY_TOKEN: 'sk.a.b' })).toEqual({
    ok: true,
    options: {
      latchkeyUrl: 'http://127.0.0.1:8420',
      latchkeyToken: 'sk.a.b',
      publicToken: undefined,
      host: '127.0.0.1',
      port: 8421,
      pagePort: 8422,
      dataDir: './data/map',
      publicUrl: undefined,
    },
  });
});

test('all problems are told at once, without the token', () => {
  const read = readMapOptions({
    LATCHKEY_TOKEN: 'sk.secret.part',
    MAP_PORT: '70000',
    MAP_PAGE_PORT: 'eighty',
    MAP_PUBLIC_URL: 'ftp://maps',
  });
  expect(read).toEqual({
    ok: false,
    problems: [
      'LATCHKEY_URL is not set: where the Latchkey server is, for example http://127.0.0.1:8420',
      'MAP_PORT is no port: 70000',
      'MAP_PAGE_PORT is no port: eighty',
      'MAP_PUBLIC_URL is not an http(s) URL',
    ],
  });
});
