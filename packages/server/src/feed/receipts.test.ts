import type { StalenessBounds } from '@latchkey/wire/feed';
import { parseHello } from '@latchkey/wire/feed';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scopesOf } from '../store/testing/sample-rows.ts';
import { cursorOf } from './cursor-of.ts';
import { createReceipts } from './receipts.ts';
import type { EventStream, FeedServer } from './testing/feed-server.ts';
import { startFeedServer } from './testing/feed-server.ts';
import { createVerifierRegistry } from './verifier-registry.ts';

const STALENESS: StalenessBounds = { secret: 900, temporary: 60, public: 3600 };

let server: FeedServer;
let now: number;
let bounds: StalenessBounds;

beforeEach(async () => {
  bounds = STALENESS;
  // Changes of one moment may be of one commit, whose bounds count together.
  now = 999_000;
  server = await startFeedServer({ now: () => now, staleness: () => bounds });
  now = 1_000_000;
});
afterEach(() => server.close());

const head = async () => cursorOf(await server.store.head());

interface Opened {
  readonly id: string;
  readonly stream: EventStream;
  ack(applied?: string | null, rejected?: readonly object[]): Promise<Response>;
  cut(): Promise<void>;
}

/** A verifier `instance`, connected at the head; it has acknowledged nothing. */
async function connect(instance: string, about = '&bounds=scopes'): Promise<Opened> {
  const stream = await server.open(`?cursor=${await head()}&instance=${instance}&name=maps${about}`);
  const hello = parseHello((await stream.next('hello'))?.data ?? '');
  const { connection, verifier: id } = hello ?? { connection: '', verifier: '' };
  const caughtUp = async () => {
    // The server counts as applied only what it has sent.
    const wanted = await head();
    for (;;) {
      const beat = await stream.next('heartbeat');
      if (beat === undefined || beat.data.includes(wanted)) return wanted;
    }
  };
  return {
    id,
    stream,
    ack: async (applied, rejected = []) =>
      server.call('/v1/feed/acks', {
        body: { connection, applied: applied === undefined ? await caughtUp() : applied, rejected, sent: 1 },
      }),
    async cut() {
      await stream.close();
      const isGone = async () =>
        !(await server.registry.all()).some((one) => one.id === id && one.isReachable);
      while (!(await isGone())) await server.registry.news(20);
    },
  };
}

async function receipt(revision: number) {
  const found = await server.receipts.of(revision);
  if (found === undefined) throw new Error(`no receipt of ${revision}`);
  return found;
}

describe('a receipt', () => {
  test('is complete where there is no verifier, and there is none of a revision that is not', async () => {
    const revision = await server.putToken(1);
    expect(await receipt(revision)).toMatchObject({ revision, complete: true, verifiers: [] });
    expect(await server.receipts.of(revision + 1)).toBeUndefined();
  });

  test('says who has applied the change and by when, and who is connected and has not', async () => {
    const [first, second] = [await connect('a'), await connect('b')];
    await Promise.all([first.ack(), second.ack()]);
    const revision = await server.revokeNew(1);
    now += 40;
    await first.ack();
    expect(await receipt(revision)).toMatchObject({
      complete: false,
      completedAt: null,
      verifiers: [
        { id: first.id, name: 'maps', state: 'applied', appliedAt: 1_000_040 },
        { id: second.id, state: 'pending', pendingSince: 1_000_000 },
      ],
    });
    now += 20;
    await second.ack();
    expect(await receipt(revision)).toMatchObject({ complete: true, completedAt: 1_000_060 });
    await Promise.all([first.stream.close(), second.stream.close()]);
  });

  test('counts two processes that share one token and one name as two verifiers', async () => {
    const [first, second] = [await connect('a'), await connect('b')];
    expect(first.id).not.toBe(second.id);
    expect(first.id.split('.')[0]).toBe(second.id.split('.')[0]);
    await Promise.all([first.stream.close(), second.stream.close()]);
  });

  test.each([
    ['secret', { usage: 'sk' }, 900],
    ['temporary', { usage: 'tk', expires: 9e12 }, 60],
    ['public', { usage: 'pk', text: 'pk.text' }, 3600],
  ] as const)(
    'states until when one that is cut off serves a %s token, and then that it has expired',
    async (_, over, seconds) => {
      const cut = await connect('a');
      await cut.ack();
      now += 5000;
      await cut.ack();
      await cut.cut();
      const revision = await server.revokeNew(1, over);
      const servesUntil = 1_005_000 + seconds * 1000;
      expect(await receipt(revision)).toMatchObject({
        complete: false,
        verifiers: [{ state: 'unreachable', servesUntil }],
      });
      now = servesUntil - 1;
      expect((await receipt(revision)).complete).toBe(false);
      now = servesUntil;
      expect(await receipt(revision)).toMatchObject({
        complete: true,
        completedAt: servesUntil,
        verifiers: [{ state: 'expired', servesUntil }],
      });
    },
  );

  describe('where a scope has a bound of its own', () => {
    const scopes = scopesOf('styles:write', 'styles:read');
    const servesUntil = async (revision: number) => (await receipt(revision)).verifiers[0];
    const cutOff = async (about?: string) => {
      const cut = await connect('a', about);
      await cut.ack();
      await cut.cut();
    };
    beforeEach(() => {
      bounds = { ...STALENESS, scopes: { 'styles:write': 30 } };
    });

    test('states that bound for a token that has always held it', async () => {
      await cutOff();
      const revision = await server.revokeNew(1, { scopes });
      expect(await servesUntil(revision)).toMatchObject({ servesUntil: 1_030_000 });
    });

    test('states the bound of the class for a token that got it later: an older copy may know it without', async () => {
      await server.putToken(1, { scopes: scopesOf('styles:read') });
      await server.putToken(1, { scopes });
      await cutOff();
      expect(await servesUntil(await server.revoke(1))).toMatchObject({ servesUntil: 1_900_000 });
    });

    test('states the bound of the class for a verifier that does not know of such bounds', async () => {
      await cutOff('');
      const revision = await server.revokeNew(1, { scopes });
      expect(await servesUntil(revision)).toMatchObject({ servesUntil: 1_900_000 });
    });

    test('states the longest bound of all tokens of one commit', async () => {
      await cutOff();
      await server.putToken(1, { scopes });
      const revision = await server.revokeNew(2, { scopes: scopesOf('styles:read') });
      expect(await servesUntil(revision)).toMatchObject({ servesUntil: 1_900_000 });
    });
  });

  test('states a longer bound that was told before, until the verifier is known to be past it', async () => {
    bounds = { ...STALENESS, secret: 3000 };
    const before = await connect('a');
    await before.ack();
    await before.cut();
    bounds = STALENESS;
    now += 10_000;
    // It may never have heard the greeting, and go on by what it was told at its last ack.
    const after = await connect('a');
    await after.cut();
    const revision = await server.revokeNew(1);
    expect((await receipt(revision)).verifiers).toMatchObject([{ servesUntil: 4_000_000 }]);
    now += 3_000_000;
    const again = await connect('a');
    await again.ack('old');
    await again.cut();
    expect((await receipt(revision)).verifiers).toMatchObject([{ servesUntil: now + 900_000 }]);
  });

  test('takes a verifier whose socket is open but which has not acknowledged for ten seconds for cut off', async () => {
    const silent = await connect('a');
    await silent.ack();
    const revision = await server.revokeNew(1);
    now += 10_000;
    expect((await receipt(revision)).verifiers).toMatchObject([{ state: 'pending' }]);
    now += 1;
    expect((await receipt(revision)).verifiers).toMatchObject([
      { state: 'unreachable', servesUntil: 1_900_000 },
    ]);
    await silent.stream.close();
  });

  test('counts a suspension by the longest bound, because it covers tokens of every class', async () => {
    const cut = await connect('a');
    await cut.ack();
    await cut.cut();
    const revision = await server.suspend();
    expect((await receipt(revision)).verifiers).toMatchObject([{ servesUntil: 1_000_000 + 3_600_000 }]);
  });

  test('is pending again for a verifier that an earlier epoch knew, until it has applied this one', async () => {
    const known = await connect('a');
    await known.ack();
    const revision = await server.putToken(1);
    await known.ack();
    expect((await receipt(revision)).complete).toBe(true);
    const { epoch } = await server.store.head();
    await server.store.startEpoch({ epoch: 'next', at: 1, reason: 'journal', revived: 0 }, epoch);
    expect((await receipt(revision)).complete).toBe(false);
    await known.stream.close();
  });
});

describe('what verifiers applied', () => {
  test('is the same to a server that starts later, or beside this one', async () => {
    const [applied, cut] = [await connect('a'), await connect('b')];
    await Promise.all([applied.ack(), cut.ack()]);
    const revision = await server.revokeNew(1);
    await applied.ack(undefined, [{ revision, id: null, reason: 'no digest' }]);
    await cut.cut();
    await server.registry.close();
    const registry = createVerifierRegistry({
      ...server,
      now: () => now,
      log: { error() {} },
    });
    const later = createReceipts({ ...server, registry, now: () => now });
    expect(await later.of(revision)).toMatchObject({
      complete: false,
      verifiers: [
        { id: applied.id, state: 'applied', appliedAt: 1_000_000 },
        { id: cut.id, state: 'unreachable', servesUntil: 1_900_000 },
      ],
    });
    const { verifiers } = await later.overview();
    expect(verifiers.map(({ seen }) => seen.rejected)).toEqual([
      [{ revision, id: null, reason: 'no digest' }],
      [],
    ]);
    await registry.close();
    await applied.stream.close();
  });

  test('is never understated to whoever reads it after a server died: the time of an ack is written before its answer', async () => {
    const verifier = await connect('a');
    for (const pause of [1, 7000, 9999, 30_000]) {
      now += pause;
      expect((await verifier.ack()).status).toBe(200);
      // As a server finds it that starts after this one was killed here.
      const [stored] = await server.store.verifiers();
      expect(stored?.ackedBefore).toBeGreaterThanOrEqual(now);
    }
    await verifier.stream.close();
  });

  test('keeps an ack from being answered where its time cannot be written', async () => {
    const verifier = await connect('a');
    await verifier.ack();
    now += 60_000;
    server.failSaves(new Error('the disk is full'));
    expect((await verifier.ack(null)).status).toBe(500);
    server.failSaves(undefined);
    expect((await verifier.ack(null)).status).toBe(200);
    await verifier.stream.close();
  });
});

describe('a verifier that is started again by its name', () => {
  test('has not applied what it does not have any more, and is the same verifier', async () => {
    const from = await head();
    const first = await connect('a', '&process=p1');
    await first.ack();
    const revision = await server.revokeNew(1);
    await first.ack();
    expect((await receipt(revision)).complete).toBe(true);
    await first.cut();
    const second = await server.open(`?cursor=${from}&instance=a&process=p2`);
    const hello = parseHello((await second.next('hello'))?.data ?? '');
    expect(hello?.verifier).toBe(first.id);
    expect((await receipt(revision)).verifiers).toMatchObject([{ id: first.id, state: 'pending' }]);
    await second.close();
  });

  test('while it still runs is a copy of it: a verifier of its own, whose acks count for itself', async () => {
    const first = await connect('a', '&process=p1');
    await first.ack();
    const copy = await connect('a', '&process=p2');
    expect(copy.id).not.toBe(first.id);
    const revision = await server.revokeNew(1);
    await copy.ack();
    expect((await receipt(revision)).complete).toBe(false);
    await first.ack();
    expect((await receipt(revision)).complete).toBe(true);
    const again = await connect('a', '&process=p2');
    expect(again.id).toBe(copy.id);
    await Promise.all([first, copy, again].map(({ stream }) => stream.close()));
  });

  test('reconnects under its name while its former stream is not known to be over', async () => {
    const first = await connect('a', '&process=p1');
    await first.ack();
    const again = await connect('a', '&process=p1');
    expect(again.id).toBe(first.id);
    await Promise.all([first, again].map(({ stream }) => stream.close()));
  });
});

describe('waiting for a receipt', () => {
  test('ends when the last verifier has applied the change', async () => {
    const verifier = await connect('a');
    await verifier.ack();
    const revision = await server.revokeNew(1);
    const waiting = server.receipts.wait(revision, 30_000);
    await verifier.ack();
    expect(await waiting).toEqual({ pending: 0 });
    await verifier.stream.close();
  });

  test('ends with the number of those that were pending or cut off when the time was over, or the server stops', async () => {
    const [first, second] = [await connect('a'), await connect('b')];
    await Promise.all([first.ack(), second.ack()]);
    await second.cut();
    const revision = await server.revokeNew(1);
    expect(await server.receipts.wait(revision, 20)).toEqual({ pending: 2 });
    const waiting = server.receipts.wait(revision, 30_000);
    server.registry.endWaits();
    expect(await waiting).toEqual({ pending: 2 });
    await first.stream.close();
  });
});

describe('a database that went back in time', () => {
  test.each([
    ['is ahead of the head', (cursor: string) => cursor.replace(/\.\d+\./, '.999.')],
    ['has another chain', (cursor: string) => cursor.replace(/.{16}$/, 'f'.repeat(16))],
  ])('is noticed by a cursor that %s: an alarm, and a new epoch for everybody', async (_, changed) => {
    await server.putToken(1);
    const other = await connect('a');
    const before = await server.store.head();
    const stream = await server.open(`?cursor=${changed(await head())}&instance=b`);
    const hello = parseHello((await stream.next('hello'))?.data ?? '');
    expect(hello).toMatchObject({ resync: true, head: await head() });
    expect(hello?.epoch).not.toBe(before.epoch);
    expect(await other.stream.next('bye')).toBeDefined();
    expect((await server.receipts.overview()).alarms).toMatchObject([{ reason: 'cursor', revived: 0 }]);
    expect(server.log).toContain('the database went back in time: a new epoch begins');
    await stream.close();
  });

  test('is noticed by a tombstone of a token that lives: one alarm, one epoch, however many come', async () => {
    await server.putToken(1);
    await server.putToken(2);
    const offer = async (number: number) => {
      const stream = await server.open();
      const hello = parseHello((await stream.next('hello'))?.data ?? '');
      const row = await server.store.token(server.idOf(number));
      const tombstones = [{ id: row?.id, digest: row?.digest, revision: 70 }];
      const body = { connection: hello?.connection, applied: null, rejected: [], sent: 1, tombstones };
      expect((await server.call('/v1/feed/acks', { body })).status).toBe(200);
      expect((await server.store.token(server.idOf(number)))?.status).toBe('revoked');
      await stream.close();
      return (await server.store.head()).epoch;
    };
    const { epoch } = await server.store.head();
    const second = await offer(1);
    expect(second).not.toBe(epoch);
    expect(await offer(2)).toBe(second);
    expect(await offer(2)).toBe(second);
    expect((await server.receipts.overview()).alarms).toMatchObject([{ reason: 'tombstones', revived: 2 }]);
  });
});
