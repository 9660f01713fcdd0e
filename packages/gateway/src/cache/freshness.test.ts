import { describe, expect, test } from 'vitest';
import { numbered, PUBLIC, setUp, status } from '../testing/cache-before-api.ts';

describe('how old it may be', () => {
  test('it is served until it is stale, with its age, and then asked for again', async () => {
    const { get, pass } = setUp(numbered(PUBLIC));
    await get();
    pass(59);
    const fresh = await get();
    expect([fresh.body, fresh.headers.get('age'), status(fresh)]).toEqual([
      '1',
      '59',
      'latchkey; hit; ttl=1',
    ]);
    pass(1);
    const again = await get();
    expect([again.body, status(again)]).toEqual(['2', 'latchkey; fwd=stale; fwd-status=200; stored']);
  });

  test('the age that it came with counts, and the time that it took', async () => {
    const { begin, get, api, pass } = setUp(() => undefined);
    const asking = begin();
    pass(10);
    api.arrived[0]?.answer({ headers: { ...PUBLIC, Age: '20' } });
    await asking.whenOver;
    expect((await get()).headers.get('age')).toBe('30');
  });

  test('a stale one is confirmed by its ETag or its date, and takes the new headers', async () => {
    for (const [validator, condition] of [
      [{ ETag: 'W/"a"' }, ['If-None-Match', 'W/"a"']],
      [
        { 'Last-Modified': 'Mon, 02 Nov 2026 12:00:00 GMT' },
        ['If-Modified-Since', 'Mon, 02 Nov 2026 12:00:00 GMT'],
      ],
    ] as const) {
      const { get, pass, api } = setUp(({ headers }) =>
        headers.some((name) => name.startsWith('If-'))
          ? { status: 304, headers: { 'Cache-Control': 'public, max-age=600', 'X-New': 'yes' } }
          : { headers: { ...PUBLIC, ...validator }, body: 'the body' },
      );
      await get();
      pass(61);
      const confirmed = await get({ headers: [['If-None-Match', '"of the client"']] });
      expect(confirmed).toMatchObject({ status: 200, body: 'the body' });
      expect(status(confirmed)).toBe('latchkey; fwd=stale; fwd-status=304; stored');
      expect(api.arrived[1]?.request.headers).toEqual(condition);
      pass(300);
      const hit = await get();
      expect([hit.body, hit.headers.get('x-new'), status(hit)]).toEqual([
        'the body',
        'yes',
        'latchkey; hit; ttl=300',
      ]);
    }
  });

  test('one that is no longer to be shared goes with its confirmation', async () => {
    const { get, pass, cache } = setUp((_, number) =>
      number === 1
        ? { headers: { ...PUBLIC, ETag: '"a"' }, body: '1' }
        : { status: 304, headers: { 'Cache-Control': 'private', ETag: '"a"' } },
    );
    await get({ token: 'one' });
    pass(61);
    expect(await get({ token: 'one' })).toMatchObject({ status: 200, body: '1' });
    expect(cache.counts().answers).toBe(0);
  });

  test('a 304 about something else is an error, and the stored answer goes', async () => {
    const { get, pass, cache } = setUp((_, number) =>
      number === 1
        ? { headers: { ...PUBLIC, ETag: '"a"' }, body: '1' }
        : { status: 304, headers: { ETag: '"b"' } },
    );
    await get();
    pass(61);
    expect((await get()).failure).toBe('bad_answer');
    expect(cache.counts().answers).toBe(0);
  });

  test('nothing stale is served when the API fails, and what was stored may be confirmed later', async () => {
    const { get, pass } = setUp((_, number) =>
      number === 2
        ? { status: 503 }
        : number === 1
          ? { headers: { 'Cache-Control': 'public, max-age=60, stale-if-error=600', ETag: '"a"' }, body: '1' }
          : { status: 304, headers: { ETag: '"a"', 'Cache-Control': 'public, max-age=60' } },
    );
    await get();
    pass(61);
    expect((await get({ headers: [['Cache-Control', 'max-stale']] })).status).toBe(503);
    expect(await get()).toMatchObject({ status: 200, body: '1' });
  });

  test.each(['no-cache', 'max-age=0', 'No-Cache'])(
    'a client that says %s has it asked for again',
    async (control) => {
      const { get } = setUp(numbered(PUBLIC));
      await get();
      const asked = await get({ headers: [['Cache-Control', control]] });
      expect([asked.body, status(asked)]).toEqual(['2', 'latchkey; fwd=request; fwd-status=200; stored']);
      expect((await get()).body).toBe('2');
    },
  );
});

describe('what a client gets', () => {
  test('304 where it holds the same, by tag or date', async () => {
    const modified = 'Mon, 02 Nov 2026 12:00:00 GMT';
    const { get } = setUp(() => ({
      headers: { ...PUBLIC, ETag: '"a"', 'Last-Modified': modified },
      body: 'b',
    }));
    await get();
    for (const condition of [
      ['If-None-Match', '"a"'],
      ['If-None-Match', 'W/"a", "x"'],
      ['If-None-Match', '*'],
      ['If-Modified-Since', modified],
    ] as const) {
      const got = await get({ headers: [condition] });
      expect(got).toMatchObject({ status: 304, body: '' });
      expect(got.headers.get('etag')).toBe('"a"');
      expect(got.headers.has('content-length')).toBe(false);
    }
    const others = [
      [['If-None-Match', '"A"']],
      [['If-Modified-Since', 'Mon, 02 Nov 2026 11:59:59 GMT']],
      [
        ['If-None-Match', '"x"'],
        ['If-Modified-Since', modified],
      ],
    ] as const;
    for (const headers of others) expect((await get({ headers })).status).toBe(200);
  });

  test('HEAD is answered from GET, with the length of the body and without it', async () => {
    const { get, api } = setUp(() => ({ headers: PUBLIC, body: 'four' }));
    await get();
    const head = await get({ method: 'HEAD' });
    expect([head.body, head.headers.get('content-length')]).toEqual(['', '4']);
    expect(api.arrived).toHaveLength(1);
  });

  test('HEAD stores nothing', async () => {
    const { get, api } = setUp(() => ({ headers: PUBLIC, body: 'four' }));
    await get({ method: 'HEAD' });
    expect((await get()).body).toBe('four');
    expect(api.arrived).toHaveLength(2);
  });

  test('504 where it wants what is stored and nothing is', async () => {
    const { get, api } = setUp(numbered(PUBLIC));
    const headers = [['Cache-Control', 'only-if-cached']] as const;
    expect((await get({ headers })).status).toBe(504);
    expect(api.arrived).toHaveLength(0);
    await get();
    expect(await get({ headers })).toMatchObject({ status: 200, body: '1' });
  });

  test.each([
    ['Range', 'bytes=0-1'],
    ['If-Match', '"a"'],
    ['If-Unmodified-Since', 'Mon, 02 Nov 2026 12:00:00 GMT'],
    ['Cache-Control', 'no-store'],
  ])('with %s: %s the API answers, and nothing of it is stored', async (name, value) => {
    const { get } = setUp(numbered(PUBLIC));
    await get();
    const passed = await get({ headers: [[name, value]] });
    expect([passed.body, status(passed)]).toEqual(['2', 'latchkey; fwd=bypass']);
    expect((await get()).body).toBe('1');
  });
});
