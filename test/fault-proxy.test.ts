import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from './testing/fault-proxy.ts';
import { until } from './testing/until.ts';

// The network that other tests rely on: each fault does what its name says, and nothing when it is off.

let server: Server;
let accepted: Socket[];
let proxy: FaultProxy;
let clients: Socket[];

beforeEach(async () => {
  accepted = [];
  clients = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    accepted.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxy = await startFaultProxy(address.port);
});
afterEach(async () => {
  for (const socket of [...clients, ...accepted]) socket.destroy();
  await proxy.close();
  server.close();
});

/** What a socket has received so far. */
function collected(socket: Socket): { text: () => string; pieces: () => number; ended: () => boolean } {
  let text = '';
  let pieces = 0;
  let ended = false;
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    pieces += 1;
  });
  socket.on('end', () => {
    ended = true;
  });
  return { text: () => text, pieces: () => pieces, ended: () => ended };
}

async function open(): Promise<{ client: Socket; far: Socket }> {
  const before = accepted.length;
  const client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => undefined);
  clients.push(client);
  await once(client, 'connect');
  const far = await until('the server to see the connection', () => accepted[before]);
  return { client, far };
}

const arrives = (what: ReturnType<typeof collected>, text: string) =>
  until(`"${text.slice(0, 20)}" to arrive`, () => (what.text() === text ? true : undefined));

test('without a fault bytes and ends pass in both directions', async () => {
  const { client, far } = await open();
  const [there, back] = [collected(far), collected(client)];
  client.end('hello');
  far.end('answer');
  await arrives(there, 'hello');
  await arrives(back, 'answer');
  await until('both ends', () => (there.ended() && back.ended() ? true : undefined));
  await until('the connection to be forgotten', () => (proxy.connections === 0 ? true : undefined));
});

test('a hole in one direction holds bytes and ends there, the other goes on, and all arrives when it closes', async () => {
  const { client, far } = await open();
  const [there, back] = [collected(far), collected(client)];
  proxy.toServer({ isHole: true });
  client.write('held');
  client.end();
  for (let n = 0; n < 5; n += 1) {
    far.write(`${n}`);
    await arrives(back, '01234'.slice(0, n + 1));
  }
  expect([there.text(), there.ended()]).toEqual(['', false]);
  proxy.toServer({ isHole: false });
  await arrives(there, 'held');
  await until('the end', () => (there.ended() ? true : undefined));
});

test('a connection inside a hole that one side gives up stays open for the other', async () => {
  const { client, far } = await open();
  const there = collected(far);
  proxy.both({ isHole: true });
  client.destroy();
  const other = await open();
  proxy.both({ isHole: false });
  other.client.write('x');
  await arrives(collected(other.far), 'x');
  await until('the end to arrive after the hole', () => (there.ended() || far.destroyed ? true : undefined));
});

test('a stranded connection carries nothing and tells nobody, while a new one works', async () => {
  const { client, far } = await open();
  const there = collected(far);
  proxy.strand();
  client.end('lost');
  const fresh = await open();
  fresh.client.write('fresh');
  await arrives(collected(fresh.far), 'fresh');
  expect([there.text(), there.ended(), far.destroyed]).toEqual(['', false, false]);
});

test('a reset is seen as a reset by both sides', async () => {
  const { client, far } = await open();
  const errors = Promise.all([once(client, 'error'), once(far, 'error')]);
  proxy.reset();
  for (const [error] of await errors) expect(error).toMatchObject({ code: 'ECONNRESET' });
});

test('a side that resets is told to the other as a reset', async () => {
  const { client, far } = await open();
  const errored = once(far, 'error');
  client.resetAndDestroy();
  expect(await errored).toMatchObject([{ code: 'ECONNRESET' }]);
});

test('slices make many small pieces of one write, and none is lost', async () => {
  const { client, far } = await open();
  const there = collected(far);
  proxy.toServer({ sliceBytes: 1, bytesPerSecond: 2000 });
  client.write('abcdefghijklmnopqrstuvwxyz');
  await arrives(there, 'abcdefghijklmnopqrstuvwxyz');
  expect(there.pieces()).toBeGreaterThan(1);
});

test('latency and bandwidth delay: what is sent later on a good line overtakes, and nothing is lost', async () => {
  const slow = await open();
  const fast = await open();
  const [late, early] = [collected(slow.far), collected(fast.client)];
  proxy.toServer({ latencyMs: 200, bytesPerSecond: 1_000_000 });
  const text = 'x'.repeat(100_000);
  slow.client.write(text);
  fast.far.write('first');
  await arrives(early, 'first');
  expect(late.text()).toBe('');
  await arrives(late, text);
});

test('a sender feels a receiver that does not read, and a refused connection is reset', async () => {
  const { client, far } = await open();
  far.pause();
  let isBlocked = false;
  for (let megabytes = 0; megabytes < 64 && !isBlocked; megabytes += 1) {
    client.write(Buffer.alloc(1024 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
    isBlocked = client.writableLength > 8 * 1024 * 1024;
  }
  expect(isBlocked).toBe(true);
  proxy.refuse(true);
  const refused = connect({ port: proxy.port, host: '127.0.0.1' });
  clients.push(refused);
  expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNRESET' }]);
});
