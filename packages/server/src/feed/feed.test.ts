import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parseChange, parseHello, parseSnapshotLine } from '@latchkey/wire/feed';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scopesOf, tokenId } from '../store/testing/sample-rows.ts';
import { cursorOf } from './cursor-of.ts';
import type { EventStream, FeedServer } from './testing/feed-server.ts';
import { ACME, digestOf, OTHER_VERIFIER, startFeedServer, VERIFIER } from './testing/feed-server.ts';

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer();
});
afterEach(() => server.close());

async function head(): Promise<string> {
  return cursorOf(await server.store.head());
}

async function helloOf(stream: EventStream) {
  const hello = parseHello((await stream.next('hello'))?.data ?? '');
  if (hello === undefined) throw new Error('the stream did not begin with hello');
  return hello;
}

async function changeOf(stream: EventStream) {
  const event = await stream.next('change');
  if (event === undefined) throw new Error('the stream ended');
  return { id: event.id, ...parseChange(event.data) };
}

function ack(connection: string, applied: string | null, more: object = {}) {
  return { connection, applied, rejected: [], sent: 1, ...more };
}

describe('the stream', () => {
  test('goes on from a cursor of this history, by query or by Last-Event-ID', async () => {
    const before = await head();
    await server.putToken(1);
    for (const stream of [
      await server.open(`?cursor=${before}`),
      await server.open('', { headers: { 'last-event-id': before } }),
    ]) {
      const hello = await helloOf(stream);
      expect(hello).toMatchObject({
        resync: false,
        head: await head(),
        verifier: expect.stringContaining(VERIFIER),
      });
      expect(await changeOf(stream)).toMatchObject({
        id: await head(),
        record: { ok: true, record: { id: tokenId(1), status: 'active' } },
      });
      await stream.close();
    }
  });

  test.each([
    ['no cursor', () => ''],
    ['no cursor at all but text', () => '?cursor=x'],
    ['another epoch', (cursor: string) => `?cursor=other${cursor.slice(cursor.indexOf('.'))}`],
    ['another chain', (cursor: string) => `?cursor=${cursor.slice(0, -16)}${'0'.repeat(16)}`],
    ['ahead of the head', (cursor: string) => `?cursor=${cursor.replace(/\.\d+\./, '.999.')}`],
  ])('wants a snapshot for %s', async (_, query) => {
    const stream = await server.open(query(await head()));
    expect((await helloOf(stream)).resync).toBe(true);
    await server.putToken(1);
    expect(await stream.next('heartbeat')).toBeDefined();
    await stream.close();
  });

  test('wants a snapshot for a cursor that the log does not reach back to, and goes on from the oldest that it does', async () => {
    const old = await head();
    await server.putToken(1);
    const oldest = await head();
    await server.putToken(2);
    await server.store.sweepChanges({ keep: 2, limit: 100 });
    const lost = await server.open(`?cursor=${old}`);
    expect((await helloOf(lost)).resync).toBe(true);
    await lost.close();
    const kept = await server.open(`?cursor=${oldest}`);
    expect((await helloOf(kept)).resync).toBe(false);
    expect(await changeOf(kept)).toMatchObject({ record: { record: { id: tokenId(2) } } });
    await kept.close();
  });

  test('gives the changes of one commit and of the next in order, each with the cursor after it', async () => {
    const stream = await server.open(`?cursor=${await head()}`);
    await helloOf(stream);
    const numbers = Array.from({ length: 30 }, (_, number) => number);
    await Promise.all(numbers.map((number) => server.putToken(number)));
    const first = await changeOf(stream);
    let { revision = 0 } = first;
    for (const _ of numbers.slice(1)) {
      const change = await changeOf(stream);
      expect(change.revision).toBe(revision + 1);
      expect(change.id).toMatch(new RegExp(`\\.${change.revision}\\.[0-9a-f]{16}$`));
      revision = change.revision ?? 0;
    }
    expect((await stream.next('heartbeat'))?.data).toContain(await head());
    await stream.close();
  });

  test('is not to be buffered or stored, and wants a token', async () => {
    const stream = await server.open();
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-store');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    await stream.close();
    for (const path of ['/v1/feed', '/v1/feed/snapshot']) {
      expect((await server.call(path, { token: tokenId(1) })).status).toBe(401);
    }
  });

  test('ends when its own token is revoked, and only then', async () => {
    const cursor = await head();
    const mine = await server.open(`?cursor=${cursor}`);
    const other = await server.open(`?cursor=${cursor}`, { token: OTHER_VERIFIER });
    await server.revoke(9001);
    expect((await mine.next('bye'))?.data).toBe('{"retryAfterSeconds":30}');
    expect(await mine.next('heartbeat')).toBeUndefined();
    expect(await other.next('heartbeat')).toBeDefined();
    await other.close();
  });

  test('ends at once for a token that was revoked while the stream was being opened', async () => {
    await server.revoke(9001);
    const stream = await server.open(`?cursor=${await head()}`);
    expect(await stream.next('bye')).toBeDefined();
    expect(await stream.next('heartbeat')).toBeUndefined();
  });

  test.each([
    ['an end', { expires: Date.now() + 3_600_000 }, 0],
    ['places', { restrictions: [{ kind: 'addresses' as const, ranges: ['10.0.0.1'] }] }, 0],
    ['other scopes', { scopes: scopesOf('styles:read') }, 30],
  ])('ends when its token gets %s, because it was judged without', async (_, change, retryAfterSeconds) => {
    const mine = await server.open(`?cursor=${await head()}`);
    const other = await server.open(`?cursor=${await head()}`, { token: OTHER_VERIFIER });
    await server.putToken(9001, { scopes: scopesOf('verifiers:sync'), ...change });
    expect(JSON.parse((await mine.next('bye'))?.data ?? '{}')).toEqual({ retryAfterSeconds });
    expect(await mine.next('heartbeat')).toBeUndefined();
    expect(await other.next('heartbeat')).toBeDefined();
    await other.close();
  });

  test('ends for a token that was changed while the stream was being opened', async () => {
    await server.putToken(9001, { scopes: scopesOf('styles:read') });
    const stream = await server.open(`?cursor=${await head()}`);
    expect(await stream.next('bye')).toBeDefined();
    expect(await stream.next('heartbeat')).toBeUndefined();
  });

  test('is not opened by HEAD', async () => {
    const answer = await server.call('/v1/feed', { method: 'HEAD' });
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: '' });
  });

  test('says bye when the server stops', async () => {
    const stream = await server.open();
    await helloOf(stream);
    server.feed.close();
    expect(await stream.next('bye')).toBeDefined();
    expect(await stream.next('heartbeat')).toBeUndefined();
  });

  test('is cut when its verifier has acknowledged and then falls silent, though its socket stays open', async () => {
    await server.close();
    let monotonic = 0;
    server = await startFeedServer({ monotonic: () => monotonic });
    const cursor = await head();
    const [silent, lively, onlooker] = await Promise.all(
      [1, 2, 3].map(() => server.open(`?cursor=${cursor}`)),
    );
    if (silent === undefined || lively === undefined || onlooker === undefined) throw new Error('no streams');
    const acknowledge = async (connection: string) => {
      const answer = await server.call('/v1/feed/acks', { body: ack(connection, cursor) });
      expect(answer.status).toBe(200);
    };
    const { connection } = await helloOf(lively);
    await acknowledge((await helloOf(silent)).connection);
    await acknowledge(connection);
    monotonic = 9000;
    await acknowledge(connection);
    expect(await silent.next('heartbeat')).toBeDefined();
    monotonic = 10_001;
    while ((await silent.next('heartbeat')) !== undefined);
    expect(server.log).toContain('a verifier fell silent: cut');
    for (const stream of [lively, onlooker]) {
      expect(await stream.next('heartbeat')).toBeDefined();
      await stream.close();
    }
    expect(server.log.filter((line) => line.includes('silent'))).toHaveLength(1);
  });

  test('a reader that takes nothing is cut at the bound, and resumes from its cursor', async () => {
    await server.close();
    server = await startFeedServer({ bufferLimitBytes: 64 * 1024 });
    const cursor = await head();
    const stream = await server.open(`?cursor=${cursor}`);
    await helloOf(stream);
    // The kernel's own buffers take some megabytes first.
    for (let round = 0; !server.log.includes('a verifier reads too slowly: cut'); round++) {
      const entries = Array.from(
        { length: 100 },
        (_, n) => `https://${'a'.repeat(60)}.r${round}n${n}.example`,
      );
      const restrictions = [{ kind: 'urls' as const, entries, strictPaths: false }];
      await Promise.all(Array.from({ length: 50 }, (_, n) => server.putToken(n, { restrictions })));
    }
    const again = await server.open(`?cursor=${cursor}`);
    expect((await helloOf(again)).resync).toBe(false);
    const { revision } = await server.store.head();
    for (let next = Number(cursor.split('.')[1]) + 1; next <= revision; next++) {
      expect((await changeOf(again)).revision).toBe(next);
    }
    await stream.close();
    await again.close();
  });
});

describe('the snapshot', () => {
  test('holds every token, tombstone and suspended account, and its end fits what went before', async () => {
    await server.putToken(1);
    await server.putToken(2);
    await server.revoke(2);
    await server.suspend();
    const response = await server.call('/v1/feed/snapshot', { headers: { 'accept-encoding': 'identity' } });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    const end = parseSnapshotLine(lines.at(-1) ?? '');
    const before = lines.slice(0, -1).map((line) => `${line}\n`);
    expect(end).toEqual({
      kind: 'end',
      end: {
        cursor: await head(),
        epoch: (await server.store.head()).epoch,
        revision: (await server.store.head()).revision,
        records: before.length,
        sha256: createHash('sha256').update(before.join('')).digest('hex'),
      },
    });
    expect(before.map((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: tokenId(1), status: 'active' }),
        { id: tokenId(2), digest: digestOf(tokenId(2)), status: 'revoked', revision: expect.any(Number) },
        expect.objectContaining({ kind: 'account', account: 'acme', status: 'suspended' }),
      ]),
    );
  });

  test('is the same compressed and not', async () => {
    await server.putToken(1);
    const plain = await server.call('/v1/feed/snapshot', { headers: { 'accept-encoding': 'gzip;q=0' } });
    const packed = await server.feed.snapshot(undefined);
    expect(gunzipSync(Buffer.concat(packed.chunks)).toString()).toBe(await plain.text());
    const gzip = await server.call('/v1/feed/snapshot', { headers: { 'accept-encoding': 'br, gzip' } });
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(await gzip.text()).toBe(gunzipSync(Buffer.concat(packed.chunks)).toString());
  });

  test('is read from the store once for many readers, and again for one who needs a newer one', async () => {
    const many = await Promise.all(Array.from({ length: 50 }, () => server.feed.snapshot(undefined)));
    expect(new Set(many).size).toBe(1);
    await server.putToken(1);
    expect(await server.feed.snapshot(undefined)).toBe(many[0]);
    const newer = await server.feed.snapshot(await head());
    expect(cursorOf(newer.head)).toBe(await head());
    expect(await server.feed.snapshot('nonsense')).toBe(newer);
  });
});

describe('acks', () => {
  test('are answered with the head, for the connection of the same verifier only', async () => {
    const stream = await server.open(`?cursor=${await head()}`);
    const { connection } = await helloOf(stream);
    const body = ack(connection, await head());
    const answer = await server.call('/v1/feed/acks', { body });
    expect(await answer.json()).toMatchObject({ head: await head(), staleness: { secret: 900 } });
    for (const stranger of [
      await server.call('/v1/feed/acks', { body, token: OTHER_VERIFIER }),
      await server.call('/v1/feed/acks', { body: { ...body, connection: 'other' } }),
    ]) {
      expect(await stranger.json()).toMatchObject({ code: 'unknown_connection' });
    }
    await stream.close();
  });

  test('name the field that is wrong, and have a bound', async () => {
    const wrong = await server.call('/v1/feed/acks', { body: ack('c', 'x', { rejected: 1 }) });
    expect(await wrong.json()).toMatchObject({ code: 'invalid_request', field: 'rejected' });
    const huge = await server.call('/v1/feed/acks', { body: 'x'.repeat(2 * 1024 * 1024) });
    expect(await huge.json()).toMatchObject({ code: 'payload_too_large' });
  });

  test('are not answered by a server whose database is dead', async () => {
    const stream = await server.open(`?cursor=${await head()}`);
    const { connection } = await helloOf(stream);
    const body = ack(connection, await head());
    await server.store.close();
    expect((await server.call('/v1/feed/acks', { body })).status).toBe(500);
    await stream.close();
  });

  test('with tombstones revoke what lives here, with its temporary tokens', async () => {
    await server.putToken(1);
    await server.putToken(2, { usage: 'tk', parent: tokenId(1), expires: Date.now() + 3_600_000 });
    await server.putToken(3);
    const stream = await server.open(`?cursor=${await head()}`);
    const { connection } = await helloOf(stream);
    const tombstones = [
      { id: tokenId(1), digest: digestOf(tokenId(1)), revision: 70 },
      { id: tokenId(3), digest: 'A'.repeat(43), revision: 71 },
      { id: tokenId(4), digest: 'A'.repeat(43), revision: 72 },
    ];
    await server.call('/v1/feed/acks', { body: ack(connection, await head(), { tombstones }) });
    const statuses = await Promise.all([1, 2, 3].map((number) => server.store.token(tokenId(number))));
    expect(statuses.map((row) => row?.status)).toEqual(['revoked', 'revoked', 'active']);
    expect(await changeOf(stream)).toMatchObject({ record: { record: { status: 'revoked' } } });
    expect(server.log).toContain('a revoked token had come back: revoked again');
    await stream.close();
  });

  test('with the tombstone of a default token end it like any other, and the account gets a successor', async () => {
    await server.putToken(1, { usage: 'pk', text: 'pk.old.token', isDefault: true });
    await server.putToken(2);
    const stream = await server.open(`?cursor=${await head()}`);
    const { connection } = await helloOf(stream);
    const tombstones = [1, 2].map((number) => {
      const id = tokenId(number);
      return { id, digest: digestOf(id), revision: 70 };
    });
    const answer = await server.call('/v1/feed/acks', {
      body: ack(connection, await head(), { tombstones }),
    });
    expect(answer.status).toBe(200);
    const [old, other] = await Promise.all([1, 2].map((number) => server.store.token(tokenId(number))));
    expect(old).toMatchObject({ status: 'revoked', isDefault: false });
    expect(other).toMatchObject({ status: 'revoked' });
    const { value: successor } = await server.store.change((changes) => changes.defaultToken(ACME));
    expect(successor).toMatchObject({ status: 'active', usage: 'pk', replaces: tokenId(1) });
    await stream.close();
  });
});

describe('waiting for verifiers', () => {
  test('ends when every current one has applied the revision', async () => {
    const streams = [
      await server.open(`?cursor=${await head()}`),
      await server.open(`?cursor=${await head()}`, { token: OTHER_VERIFIER }),
    ] as const;
    const tokens = [VERIFIER, OTHER_VERIFIER] as const;
    const hellos = await Promise.all(streams.map(helloOf));
    const ackAll = async (applied: string): Promise<void> => {
      for (const [index, { connection }] of hellos.entries()) {
        await server.call('/v1/feed/acks', {
          body: ack(connection, applied),
          token: tokens[index] ?? VERIFIER,
        });
      }
    };
    await ackAll(await head());
    const revision = await server.putToken(1);
    await Promise.all(streams.map((stream) => stream.next('change')));
    const waiting = server.feed.waitForVerifiers(revision, { timeoutMs: 30_000 });
    await ackAll(await head());
    expect(await waiting).toEqual({ pending: 0 });
    await Promise.all(streams.map((stream) => stream.close()));
  });

  test('does not wait for one that never acknowledged, is resyncing, has gone, or claims what it was not sent', async () => {
    const silent = await server.open(`?cursor=${await head()}`);
    const resyncing = await server.open();
    const { connection } = await helloOf(resyncing);
    await server.call('/v1/feed/acks', { body: ack(connection, null) });
    const revision = await server.putToken(1);
    expect(await server.feed.waitForVerifiers(revision, { timeoutMs: 30_000 })).toEqual({ pending: 0 });

    const liar = await server.open(`?cursor=${await head()}`, { token: OTHER_VERIFIER });
    const { connection: lying } = await helloOf(liar);
    const claim = ack(lying, (await head()).replace(/\.\d+\./, '.999.'));
    await server.call('/v1/feed/acks', { body: claim, token: OTHER_VERIFIER });
    const next = await server.putToken(2);
    expect(await server.feed.waitForVerifiers(next, { timeoutMs: 20 })).toEqual({ pending: 1 });
    const waiting = server.feed.waitForVerifiers(next, { timeoutMs: 30_000 });
    await liar.close();
    expect(await waiting).toEqual({ pending: 0 });
    await silent.close();
    await resyncing.close();
  });
});
