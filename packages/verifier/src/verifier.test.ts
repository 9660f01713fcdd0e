import { readHttpRequest, type Scope } from '@latchkey/core';
import { formatBye, formatSse } from '@latchkey/wire/feed';
import { formatMetrics } from '@latchkey/wire/metrics';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import pkg from '../package.json' with { type: 'json' };
import type { Step } from './feed/testing/history.ts';
import { changeData, cursorAt, idOf, makeHistory, textOf } from './feed/testing/history.ts';
import type { VerifierStatus } from './status.ts';
import { createManualClock, type ManualClock } from './testing/manual-clock.ts';
import { type ScriptedFeed, snapshotOf, startScriptedFeed } from './testing/scripted-feed.ts';
import { createVerifier, type Verifier, type VerifierOptions } from './verifier.ts';
import { VERSION } from './version.ts';

const put = (token: number, ...scopes: string[]): Step => ({ do: 'put', token, scopes });
const LIFE: Step[] = [put(0, 'styles:read'), put(1, 'styles:read'), { do: 'revoke', token: 1 }];

let clock: ManualClock;
let feed: ScriptedFeed;
let verifier: Verifier;
let told: VerifierStatus[];

beforeEach(async () => {
  clock = createManualClock();
  feed = await startScriptedFeed(makeHistory('e1', LIFE));
  told = [];
});
afterEach(async () => {
  await verifier.close();
  await feed.close();
});

function start(options: Partial<VerifierOptions> = {}): void {
  verifier = createVerifier({
    url: feed.url,
    token: 'sk.verifier',
    name: 'map api',
    clock,
    random: () => 0.5,
    onStatus(status) {
      told.push(status);
      throw new Error('the host makes a mistake');
    },
    ...options,
  });
}

async function startAndSync(): Promise<void> {
  start();
  expect(await verifier.ready()).toBe(true);
}

/** `fetch`, but its signal says nothing any more once the head is there. */
async function forgetfulFetch(...[address, init]: Parameters<typeof fetch>): Promise<Response> {
  const head = new AbortController();
  const abort = () => head.abort();
  init?.signal?.addEventListener('abort', abort);
  try {
    return await fetch(address, { ...init, signal: head.signal });
  } finally {
    init?.signal?.removeEventListener('abort', abort);
  }
}

/** Lets sockets work until `isSo`; the test's own time limit ends a vain wait. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets time and sockets work until `isSo`. */
async function inTime(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function ask(token: number): string {
  const request = readHttpRequest('GET', '/', ['Authorization', `Bearer ${textOf(token)}`], undefined);
  const policy = {
    requires: ['styles:read' as Scope],
    secretInQuery: 'flag',
    publicOrigin: undefined,
  } as const;
  const decision = verifier.verify(request, policy);
  return decision.allow ? 'allow' : decision.reason;
}

function extend(...steps: Step[]): number {
  const before = feed.history.changes.length;
  const { changes } = makeHistory('e1', [...LIFE, ...extra, ...steps]);
  extra.push(...steps);
  feed.history = { epoch: 'e1', changes };
  return before;
}
let extra: Step[] = [];
beforeEach(() => {
  extra = [];
});

describe('a verifier', () => {
  test('tells the version of its package', () => {
    start();
    expect(VERSION).toBe(pkg.version);
  });

  test('does not know before its first snapshot, and then knows', async () => {
    start();
    expect([ask(0), ask(1), ask(2)]).toEqual(['replica_stale', 'replica_stale', 'replica_stale']);
    await verifier.ready();
    expect([ask(0), ask(1), ask(2)]).toEqual(['allow', 'revoked', 'unknown_token']);
    expect(verifier.status()).toMatchObject({ connected: true, current: true, tokens: 2, outdated: false });
    expect(feed.requests.slice(0, 2)).toEqual([
      'GET /v1/feed/snapshot',
      expect.stringContaining(
        `GET /v1/feed?cursor=${cursorAt(feed.history, 3)}&name=map+api&version=${VERSION}&instance=`,
      ),
    ]);
  });

  test('applies a change as it comes and acknowledges it at once', async () => {
    await startAndSync();
    feed.sendChanges(extend({ do: 'revoke', token: 0 }, put(2, 'styles:read')));
    await until(() => feed.acks.at(-1)?.applied === cursorAt(feed.history, 5));
    expect([ask(0), ask(2)]).toEqual(['revoked', 'allow']);
    const sent = feed.acks.map((ack) => ack.sent);
    expect(sent).toEqual(sent.map((_, index) => index + 1));
  });

  test('is not current while a head that it heard of has not come, and reconnects when it never comes', async () => {
    await startAndSync();
    extend(put(2, 'styles:read'));
    feed.heartbeat();
    await until(() => !verifier.status().current);
    expect([ask(0), ask(2)]).toEqual(['allow', 'replica_stale']);
    const streams = (): number => feed.requests.filter((line) => line.startsWith('GET /v1/feed?')).length;
    await inTime(() => {
      if (clock.wall() % 1000 === 0) feed.heartbeat();
      return streams() === 2;
    });
    await inTime(() => verifier.status().current);
    expect(ask(2)).toBe('allow');
  });

  test('refuses unknown tokens once its lease is over, and known ones past the bound of their class', async () => {
    await startAndSync();
    feed.answer = (request, response) => {
      if (!request.url?.includes('acks')) return false;
      response.writeHead(503).end();
      return true;
    };
    clock.advance(10_000);
    expect(verifier.status().current).toBe(true);
    clock.advance(1);
    expect(verifier.status()).toMatchObject({ current: false });
    expect([ask(0), ask(1), ask(2)]).toEqual(['allow', 'revoked', 'replica_stale']);
    clock.advance(900_000 - 10_001);
    expect(ask(0)).toBe('allow');
    clock.advance(1);
    expect([ask(0), ask(1)]).toEqual(['replica_stale', 'revoked']);
  });

  test('serves a token no longer than the least bound of the scopes that it holds, whatever the request needs', async () => {
    feed.history = makeHistory('e1', [put(0, 'styles:read'), put(1, 'styles:read', 'orders:write')]);
    feed.staleness = { ...feed.staleness, scopes: { 'orders:write': 60, 'fonts:read': 1 } };
    await startAndSync();
    expect(feed.requests.some((line) => line.includes('bounds=scopes'))).toBe(true);
    feed.answer = (request, response) => {
      if (request.url?.includes('acks')) response.writeHead(503).end();
      return request.url?.includes('acks') === true;
    };
    clock.advance(60_000);
    expect([ask(0), ask(1)]).toEqual(['allow', 'allow']);
    clock.advance(1);
    expect([ask(0), ask(1)]).toEqual(['allow', 'replica_stale']);
    clock.advance(840_000);
    expect([ask(0), ask(1)]).toEqual(['replica_stale', 'replica_stale']);
  });

  test('tells its age each second, which classes are stale, and figures', async () => {
    const ages: (number | undefined)[] = [];
    clock = createManualClock();
    start({
      onAge(ageSeconds) {
        ages.push(ageSeconds);
        throw new Error('the host makes a mistake');
      },
    });
    await verifier.ready();
    await until(() => verifier.status().current);
    feed.answer = (request, response) => {
      if (request.url?.includes('acks')) response.writeHead(503).end();
      return request.url?.includes('acks') === true;
    };
    clock.advance(900_000);
    expect(ages.filter((age) => age !== undefined)).toEqual(ages.map((_, index) => index + 1));
    expect(verifier.status().stale).toEqual([]);
    clock.advance(1000);
    expect(verifier.status()).toMatchObject({ stale: ['secret', 'temporary'], ageSeconds: 901 });
    expect(told.at(-1)?.stale).toEqual(['secret', 'temporary']);
    ask(0);
    const text = formatMetrics(verifier.metrics());
    expect(text).toContain('latchkey_decisions_total{outcome="allowed"} 0\n');
    expect(text).toContain('latchkey_decisions_total{outcome="replica_stale"} 1\n');
    expect(text).toContain('latchkey_replica_age_seconds 901\n');
    expect(text).toContain('latchkey_replica_bound_seconds{class="public"} 3600\n');
  });

  test('measures how long changes took from their commit, by the clock of the server', async () => {
    await startAndSync();
    // The server's clock stands an hour and two seconds ahead of the commit; this machine's is another one.
    feed.send(
      formatSse('heartbeat', JSON.stringify({ head: cursorAt(feed.history, 3), serverTime: 3_602_004 })),
    );
    feed.sendChanges(extend({ do: 'revoke', token: 0 }));
    await until(() => feed.acks.at(-1)?.applied === cursorAt(feed.history, 4));
    const lag = verifier.metrics().find(({ name }) => name === 'latchkey_feed_lag_seconds');
    if (lag?.kind !== 'histogram') throw new Error('there is no such histogram');
    // It was committed at 4.
    expect(lag.samples[0]?.figures).toMatchObject({ count: 1, sum: 3602 });
  });

  test('finds a dead stream by its heartbeats, though its socket stays open', async () => {
    await startAndSync();
    const [dead] = feed.streams;
    clock.advance(4000);
    feed.heartbeat();
    await until(() => feed.streams.size === 1);
    clock.advance(5000);
    await until(() => dead?.closed === true);
    await inTime(() => feed.streams.size === 1 && verifier.status().connected);
    expect(told.some(({ problem }) => problem?.includes('no heartbeat came'))).toBe(true);
  });

  test('waits as long as a bye asks it to, and longer by chance', async () => {
    await startAndSync();
    feed.send(formatSse('bye', formatBye({ retryAfterSeconds: 7 })));
    await until(() => !verifier.status().connected);
    const before = feed.requests.length;
    clock.advance(7000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(feed.requests.slice(before).filter((line) => line.startsWith('GET'))).toEqual([]);
    clock.advance(125);
    await until(() => verifier.status().connected);
  });

  test('honours Retry-After, and doubles its patience while nothing works', async () => {
    feed.answer = (_, response) => {
      response.writeHead(503, feed.requests.length === 1 ? { 'retry-after': '3' } : {}).end();
      return true;
    };
    start();
    const waits: number[] = [];
    let since = clock.wall();
    for (let count = 1; count <= 9; count++) {
      await inTime(() => feed.requests.length === count);
      waits.push(clock.wall() - since);
      since = clock.wall();
    }
    // Half of 250, 500, 1000 … ms up to 30 s, the first with three seconds before it; in steps of a tenth.
    const expected = [0, 3125, 250, 500, 1000, 2000, 4000, 8000, 15_000];
    for (const [index, wait] of waits.entries())
      expect(Math.abs(wait - (expected[index] ?? 0))).toBeLessThan(500);
  });

  test.each([
    ['a page in place of a feed', 200, '<html>hello</html>'],
    ['nothing', 200, ''],
    ['a refusal', 401, '{}'],
    ['a failure', 500, 'x'.repeat(100_000)],
    ['a redirect', 302, ''],
  ])('survives %s, and syncs when the server is right again', async (_, status, body) => {
    feed.answer = (_request, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end(body);
      return true;
    };
    start();
    await inTime(() => feed.requests.length > 3);
    expect(ask(0)).toBe('replica_stale');
    expect(told.at(-1)?.problem).toEqual(expect.any(String));
    expect(feed.requests.some((line) => line.includes('elsewhere'))).toBe(false);
    feed.answer = () => false;
    await inTime(() => verifier.status().current);
    expect(ask(0)).toBe('allow');
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['without its end', (text: string) => text.slice(0, text.lastIndexOf('{'))],
    ['with a record changed', (text: string) => text.replace('"styles:read"', '"styles:list"')],
    ['with a record lost', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['with more after its end', (text: string) => `${text}{}\n`],
  ])('refuses a snapshot %s, and takes nothing of it', async (_, spoil) => {
    feed.answer = (request, response) => {
      if (!request.url?.includes('snapshot')) return false;
      response.end(spoil(snapshotOf(feed.history)));
      return true;
    };
    start();
    await inTime(() => feed.requests.length > 2);
    expect([ask(0), ask(1)]).toEqual(['replica_stale', 'replica_stale']);
    expect(verifier.status()).toMatchObject({ tokens: 0, cursor: undefined });
  });

  test('denies a token whose record is broken, goes on, and reports it', async () => {
    await startAndSync();
    extend(put(0, 'fonts:read'), put(2, 'styles:read'));
    const [broken, good] = feed.history.changes.slice(3);
    if (broken === undefined || good === undefined) throw new Error('no changes');
    const spoilt = changeData(broken).replace('"restrictions":[]', '"restrictions":null');
    feed.send(
      formatSse('change', spoilt, broken.cursor) + formatSse('change', changeData(good), good.cursor),
    );
    await until(() => feed.acks.some(({ rejected }) => rejected.length > 0));
    expect([ask(0), ask(2)]).toEqual(['bad_record', 'allow']);
    const rejection = { revision: 4, id: idOf(0), reason: expect.stringContaining('restrictions') };
    expect(verifier.status().rejected).toEqual({ count: 1, newest: [rejection] });
    expect(feed.acks.flatMap(({ rejected }) => rejected)).toEqual([rejection]);
  });

  test('fetches a snapshot that is new enough for a change that names nobody', async () => {
    await startAndSync();
    extend(put(0, 'fonts:read'));
    const [broken] = feed.history.changes.slice(3);
    feed.send(formatSse('change', '{"revision":4', broken?.cursor));
    await inTime(() => verifier.status().cursor === broken?.cursor && verifier.status().current);
    expect(feed.requests).toContain(`GET /v1/feed/snapshot?atLeast=${broken?.cursor}`);
    expect(ask(0)).toBe('insufficient_scope');
  });

  test('offers tombstones that a restored server lacks, once', async () => {
    await startAndSync();
    feed.history = makeHistory('e2', LIFE.slice(0, 2));
    for (const stream of feed.streams) stream.end();
    await inTime(() => feed.acks.some(({ tombstones }) => tombstones !== undefined));
    await inTime(() => verifier.status().current);
    expect(ask(1)).toBe('revoked');
    const offers = feed.acks.flatMap(({ tombstones }) => tombstones ?? []);
    expect(offers.map(({ id }) => id)).toEqual([idOf(1)]);
  });

  test('goes on deciding after it is closed, and its ready never hangs', async () => {
    await startAndSync();
    await verifier.close();
    expect(ask(0)).toBe('allow');
    start();
    const ready = verifier.ready();
    await verifier.close();
    expect(await ready).toBe(false);
  });

  test('ends a silent stream, and its last one at close, though fetch forgets its signal as that of Node 20 does', async () => {
    start({ fetch: forgetfulFetch });
    expect(await verifier.ready()).toBe(true);
    const [first] = feed.streams;
    await inTime(() => feed.streams.size === 1 && first?.closed === true);
    await verifier.close();
    await until(() => feed.streams.size === 0);
  });

  test('refuses options that cannot work, at once', () => {
    start();
    expect(() => createVerifier({ url: 'ftp://a.example', token: 'sk.a' })).toThrow(TypeError);
    expect(() => createVerifier({ url: 'nonsense', token: 'sk.a' })).toThrow(TypeError);
    expect(() => createVerifier({ url: feed.url, token: 'sk\n.a' })).toThrow(TypeError);
  });
});
