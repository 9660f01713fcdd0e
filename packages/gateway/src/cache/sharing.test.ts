import { describe, expect, test } from 'vitest';
import { numbered, PUBLIC, setUp } from '../testing/cache-before-api.ts';

describe('whom it is served to', () => {
  test('Vary is kept, of identity headers as they go to the API too', async () => {
    const { get } = setUp(numbered({ ...PUBLIC, Vary: 'Latchkey-Account, Accept-Language' }));
    const asked = [
      { token: 'acme', headers: [['Accept-Language', 'de']] },
      { token: 'umbrella', headers: [['Accept-Language', 'de']] },
      { token: 'acme', headers: [['Accept-Language', 'en']] },
      { token: 'acme', headers: [] },
    ] as const;
    for (const [at, one] of asked.entries()) expect((await get(one)).body).toBe(String(at + 1));
    for (const [at, one] of asked.entries()) expect((await get(one)).body).toBe(String(at + 1));
  });

  test.each([
    ['X-Forwarded-Host', 'evil.example'],
    ['Host', 'evil.example'],
    ['X-Original-URL', '/evil'],
    ['X-Rewrite-URL', '/evil'],
    ['X-HTTP-Method-Override', 'DELETE'],
    ['X-Forwarded-Proto', 'http'],
    ['Forwarded', 'host=evil.example'],
    ['Cookie', 'a=b'],
    ['X-Anything', 'evil'],
    ['x-anything', ''],
  ])('an answer made for a request with %s: %s is given to nobody without it', async (name, value) => {
    const { get } = setUp(numbered(PUBLIC));
    expect((await get({ headers: [[name, value]] })).body).toBe('1');
    expect((await get()).body).toBe('2');
    expect((await get({ headers: [[name, value]] })).body).toBe('1');
  });

  test('headers that change no answer, and those that the operator names, are in no key', async () => {
    const { get } = setUp(numbered(PUBLIC), { unkeyedHeaders: ['x-client'] });
    const harmless = [
      'User-Agent',
      'traceparent',
      'Sec-Fetch-Site',
      'Referer',
      'X-Client',
      'X-Forwarded-For',
    ];
    for (const name of harmless) expect((await get({ headers: [[name, name]] })).body).toBe('1');
  });

  test('every spelling of a path is a resource of its own', async () => {
    const { get } = setUp(({ target }) => ({ headers: PUBLIC, body: target }));
    const targets = ['/a', '/a/', '/A', '/%61', '//a', '/a?', '/a?x=1', '/a;x', '/b/../a', '/a%2f'];
    for (const target of [...targets, ...targets]) expect((await get({ target })).body).toBe(target);
  });

  test('two APIs with the same target are two resources', async () => {
    const { get } = setUp(({ origin }) => ({ headers: PUBLIC, body: origin }));
    for (const origin of ['http://one', 'http://two', 'http://one'])
      expect((await get({ origin })).body).toBe(origin);
  });
});
