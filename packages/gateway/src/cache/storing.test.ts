import { describe, expect, test } from 'vitest';
import { numbered, PUBLIC, setUp, status } from '../testing/cache-before-api.ts';

describe('what is stored', () => {
  test.each<[string, Record<string, string>, string | undefined, boolean]>([
    ['public', { 'Cache-Control': 'public, max-age=60' }, 'pk', true],
    ['public in capitals', { 'CACHE-CONTROL': 'Public, Max-Age=60' }, 'pk', true],
    [
      'public with Expires',
      { 'Cache-Control': 'public', Expires: 'Mon, 23 Nov 2026 12:10:00 GMT' },
      'pk',
      true,
    ],
    ['s-maxage', { 'Cache-Control': 's-maxage=60' }, 'pk', true],
    ['max-age alone', { 'Cache-Control': 'max-age=60' }, 'pk', false],
    ['max-age alone, to a request without a token', { 'Cache-Control': 'max-age=60' }, undefined, true],
    ['must-revalidate alone', { 'Cache-Control': 'max-age=60, must-revalidate' }, 'pk', false],
    ['public, must-revalidate', { 'Cache-Control': 'public, max-age=60, must-revalidate' }, 'pk', true],
    ['private', { 'Cache-Control': 'private, max-age=60' }, undefined, false],
    ['PRIVATE', { 'Cache-Control': 'PUBLIC, PRIVATE, max-age=60' }, 'pk', false],
    ['private of a field', { 'Cache-Control': 'public, private="x, y", max-age=60' }, 'pk', false],
    ['public within a quoted argument', { 'Cache-Control': 'ext="a, public", max-age=60' }, 'pk', false],
    ['no-store', { 'Cache-Control': 'public, max-age=60, No-Store' }, 'pk', false],
    ['a cookie', { ...PUBLIC, 'Set-Cookie': 'a=b' }, 'pk', false],
    ['Vary: *', { ...PUBLIC, Vary: 'Accept, *' }, 'pk', false],
    ['two ages', { 'Cache-Control': 'public, max-age=60, max-age=600' }, 'pk', false],
    ['an age that is none', { 'Cache-Control': 'public, max-age=soon' }, 'pk', false],
    ['an age below zero', { 'Cache-Control': 'public, max-age=-5' }, 'pk', false],
    ['a quoted age', { 'Cache-Control': 'public, max-age="60"' }, 'pk', true],
    ['nothing', {}, undefined, false],
    ['nothing but a validator', { 'Last-Modified': 'Mon, 02 Nov 2020 12:00:00 GMT' }, 'pk', false],
    ['an answer as old as it may be', { ...PUBLIC, Age: '60' }, 'pk', false],
    [
      'an answer that says it is old by its date',
      { ...PUBLIC, Date: 'Mon, 23 Nov 2026 11:00:00 GMT' },
      'pk',
      false,
    ],
    ['Expires in the past', { 'Cache-Control': 'public', Expires: '0' }, 'pk', false],
  ])('%s', async (_, headers, token, isStored) => {
    const { get, cache } = setUp(numbered(headers));
    await get({ token });
    expect((await get({ token })).body).toBe(isStored ? '1' : '2');
    expect(cache.counts().answers).toBe(isStored ? 1 : 0);
  });

  test.each([206, 304, 400, 401, 403, 429, 500, 503])('no answer %i', async (code) => {
    const { get, api } = setUp(() => ({ status: code, headers: PUBLIC }));
    await get();
    await get();
    expect(api.arrived).toHaveLength(2);
  });

  test('a body above the limit is passed on and not stored, whether its length is told or not', async () => {
    for (const told of [{}, { 'Content-Length': '40' }]) {
      const { get, cache } = setUp(() => ({ headers: { ...PUBLIC, ...told }, body: 'x'.repeat(40) }), {
        bodyLimitBytes: 39,
      });
      expect((await get()).body).toHaveLength(40);
      expect(cache.counts()).toMatchObject({ answers: 0, bytes: 0 });
    }
  });

  test('an answer that breaks off is not stored, and its client learns of it', async () => {
    const { begin, api, cache } = setUp(() => undefined);
    const asking = begin();
    const [call] = api.arrived;
    call?.receiver.head(200, '', ['Cache-Control', 'public, max-age=60']);
    call?.receiver.chunk(Buffer.from('half'));
    call?.receiver.fail('connection_lost');
    expect(await asking.whenOver).toMatchObject({ body: 'half', failure: 'connection_lost', isEnded: false });
    expect(cache.counts()).toMatchObject({ answers: 0, bytes: 0 });
  });

  test('what is stored stays within the limit, and what was not asked for longest goes', async () => {
    const { get, cache } = setUp(({ target }) => ({ headers: PUBLIC, body: target.padEnd(1000) }), {
      limitBytes: 10_000,
    });
    for (let number = 0; number < 100; number++) {
      await get({ target: `/${number}` });
      await get({ target: '/0' });
      expect(cache.counts().bytes).toBeLessThanOrEqual(10_000);
    }
    expect(status(await get({ target: '/0' }))).toMatch(/^latchkey; hit/);
    expect(status(await get({ target: '/50' }))).toMatch(/fwd=uri-miss/);
    expect(cache.counts().evicted).toBeGreaterThan(90);
  });

  test('variants of one resource are bounded', async () => {
    const { get, cache } = setUp(numbered({ ...PUBLIC, Vary: 'Origin' }));
    for (let number = 0; number < 200; number++)
      await get({ headers: [['Origin', `https://${number}.example`]] });
    expect(cache.counts().answers).toBe(64);
  });
});

describe('what makes it invalid', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'MYMETHOD'])(
    '%s on the same target, if it is not refused',
    async (method) => {
      const { get } = setUp((request, number) => ({
        status: request.headers.includes('X-Refuse') ? 403 : 200,
        headers: PUBLIC,
        body: String(number),
      }));
      const other = { target: '/other' };
      await get();
      await get(other);
      await get({ method, headers: [['X-Refuse', '1']] });
      expect((await get()).body).toBe('1');
      await get({ method, token: 'somebody' });
      expect((await get()).body).toBe('5');
      expect((await get(other)).body).toBe('2');
    },
  );

  test('an answer that points elsewhere by Location or Content-Location, on the same API alone', async () => {
    const { get } = setUp((request, number) => ({
      headers: {
        ...PUBLIC,
        ...(request.method === 'POST' ? { Location: '/b?x', 'Content-Location': 'http://api/c' } : {}),
      },
      body: String(number),
    }));
    const targets = ['/b?x', '/c', '/d'].map((target) => ({ target }));
    for (const one of targets) await get(one);
    await get({ method: 'POST' });
    const bodies = [];
    for (const one of targets) bodies.push((await get(one)).body);
    expect(bodies).toEqual(['5', '6', '3']);
  });

  test('what was under way meanwhile is not stored', async () => {
    const { begin, get, api, cache } = setUp(({ method }) => (method === 'POST' ? {} : undefined));
    const early = begin();
    await get({ method: 'POST' });
    api.arrived[0]?.answer({ headers: PUBLIC, body: 'of before' });
    expect((await early.whenOver).body).toBe('of before');
    expect(cache.counts()).toMatchObject({ answers: 0, bytes: 0 });
  });
});
