import { describe, expect, test } from 'vitest';
import { PUBLIC, setUp } from '../testing/cache-before-api.ts';

describe('requests at the same time', () => {
  test('ask once for what may be shared, whatever their tokens', async () => {
    const { begin, api, cache } = setUp(() => undefined);
    const asking = ['one', 'two', 'three'].map((token) => begin({ token }));
    expect(api.arrived).toHaveLength(1);
    api.arrived[0]?.answer({ headers: PUBLIC, body: 'for all' });
    for (const { whenOver } of asking) expect((await whenOver).body).toBe('for all');
    expect(api.arrived).toHaveLength(1);
    expect(cache.counts()).toMatchObject({ hits: 2, misses: 1, collapsed: 2 });
  });

  test('ask each by themselves for what may not, and do not wait for each other again', async () => {
    const { begin, api } = setUp(() => undefined);
    const asking = ['one', 'two', 'three'].map((token) => begin({ token }));
    api.arrived[0]?.answer({ headers: { 'Cache-Control': 'max-age=60' }, body: 'one' });
    expect(api.arrived).toHaveLength(3);
    const later = [begin({ token: 'four' }), begin({ token: 'five' })];
    expect(api.arrived).toHaveLength(5);
    for (const call of api.arrived.slice(1)) call.answer({ body: call.request.identity?.tokenId ?? '' });
    const bodies = await Promise.all(
      [...asking, ...later].map(async ({ whenOver }) => (await whenOver).body),
    );
    expect(bodies).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  test('that differ by what the answer varies on do not share it', async () => {
    const { begin, api } = setUp(() => undefined);
    const asking = ['de', 'en'].map((language) => begin({ headers: [['Accept-Language', language]] }));
    api.arrived[0]?.answer({ headers: { ...PUBLIC, Vary: 'Accept-Language' }, body: 'deutsch' });
    api.arrived[1]?.answer({ headers: { ...PUBLIC, Vary: 'Accept-Language' }, body: 'English' });
    expect((await asking[0]?.whenOver)?.body).toBe('deutsch');
    expect((await asking[1]?.whenOver)?.body).toBe('English');
  });

  test('wait only so long', async () => {
    const { begin, api } = setUp(() => undefined, { collapseWaitMs: 1 });
    begin();
    const second = begin();
    while (api.arrived.length < 2) await new Promise(setImmediate);
    api.arrived[1]?.answer({ headers: PUBLIC, body: 'by itself' });
    expect((await second.whenOver).body).toBe('by itself');
  });

  test('go on by themselves when the one that they wait for fails', async () => {
    const { begin, api } = setUp(() => undefined);
    const [first, second] = [begin(), begin()];
    api.arrived[0]?.receiver.fail('connection_lost');
    expect((await first?.whenOver)?.failure).toBe('connection_lost');
    api.arrived[1]?.answer({ headers: PUBLIC, body: 'there' });
    expect((await second?.whenOver)?.body).toBe('there');
  });

  test('a client that goes away harms nobody, and what it asked for is stored', async () => {
    const { begin, get, api, cache } = setUp(() => undefined);
    const [first, second] = [begin(), begin()];
    first?.abort();
    const [call] = api.arrived;
    call?.receiver.head(200, '', ['Cache-Control', 'public, max-age=60']);
    second?.abort();
    call?.receiver.chunk(Buffer.from('whole'));
    call?.receiver.end([]);
    expect(call?.isAborted()).toBe(false);
    expect((await get()).body).toBe('whole');
    expect(first?.got().status).toBe(0);
    expect(second?.got().status).toBe(0);
    expect(cache.counts().answers).toBe(1);
  });

  test('a client that goes away ends what is for nobody else', async () => {
    const { begin, api, cache } = setUp(() => undefined);
    const alone = begin();
    alone.abort();
    expect(api.arrived[0]?.isAborted()).toBe(true);
    const second = begin({ target: '/b' });
    api.arrived[1]?.receiver.head(200, '', []);
    second.abort();
    expect(api.arrived[1]?.isAborted()).toBe(true);
    const third = begin({ target: '/c' });
    api.arrived[2]?.receiver.head(200, '', ['Cache-Control', 'public, max-age=60']);
    third.abort();
    api.arrived[2]?.receiver.chunk(Buffer.alloc(100_001));
    expect(api.arrived[2]?.isAborted()).toBe(true);
    expect(cache.counts()).toMatchObject({ answers: 0, bytes: 0 });
  });

  test('a slow client holds up neither the store nor, above the limit, more than its own answer', async () => {
    const { begin, api, cache } = setUp(() => undefined, { bodyLimitBytes: 30 });
    const slow = begin({ isSlow: true });
    const [call] = api.arrived;
    call?.receiver.head(200, '', ['Cache-Control', 'public, max-age=60']);
    for (const text of ['one,', 'two,', 'three']) expect(call?.receiver.chunk(Buffer.from(text))).toBe(true);
    call?.receiver.end([]);
    expect(cache.counts().answers).toBe(1);
    expect(slow.got().body).toBe('one,');
    slow.resume();
    slow.resume();
    expect(slow.got()).toMatchObject({ body: 'one,two,three', isEnded: true });

    const large = begin({ target: '/large', isSlow: true });
    const second = api.arrived[1];
    second?.receiver.head(200, '', ['Cache-Control', 'public, max-age=60']);
    expect(second?.receiver.chunk(Buffer.alloc(20, 'a'))).toBe(true);
    expect(second?.receiver.chunk(Buffer.alloc(20, 'b'))).toBe(false);
    large.resume();
    expect(second?.resumed()).toBe(0);
    large.resume();
    expect(second?.resumed()).toBe(1);
    second?.receiver.end([]);
    expect(large.got()).toMatchObject({ body: 'a'.repeat(20) + 'b'.repeat(20), isEnded: true });
    expect(cache.counts().answers).toBe(1);
  });
});
