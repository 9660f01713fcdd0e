import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  const requestLimits = { headersTimeout: 400, requestTimeout: 400, connectionsCheckingInterval: 50 };
  server = await startTestServer({ requestLimits });
});
afterAll(() => server.close());

const BODY = (token: string) =>
  `POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"note":"`;

/** Sends a byte every 20 ms, so that the connection never rests, until the server ends it; answers what the server said. */
async function trickle(begin: string): Promise<string> {
  const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  socket.write(begin);
  const drip = setInterval(() => socket.write('a'), 20);
  try {
    await closed;
  } finally {
    clearInterval(drip);
  }
  return said;
}

test.each([
  ['a body', () => BODY(server.acme.token)],
  ['a head', () => 'POST /v1/tokens HTTP/1.1\r\nX-Slow: '],
])('%s that comes byte by byte is cut off once its time is over, and nothing is stored', async (_, begin) => {
  const length = await server.auditLength();
  expect(await trickle(begin())).toMatch(/^HTTP\/1\.1 408 /);
  expect(await server.auditLength()).toBe(length);
  // Others are served meanwhile and afterwards.
  expect((await server.call('/healthz')).status).toBe(200);
});

/** Reads a stream of the feed until the pattern has come; fails where the stream ends before. */
async function openFeed(token: string, cursor: string) {
  const end = new AbortController();
  const response = await fetch(`${server.url}/v1/feed?instance=one&cursor=${cursor}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: end.signal,
  });
  const reader = response.body?.getReader();
  let seen = '';
  return {
    async until(pattern: RegExp): Promise<string> {
      for (;;) {
        const found = pattern.exec(seen);
        if (found !== null) return found[1] ?? '';
        const piece = await reader?.read();
        if (piece?.value === undefined) throw new Error(`the stream ended before ${pattern} came`);
        seen += Buffer.from(piece.value).toString('utf8');
      }
    },
    close: () => end.abort(),
  };
}

test('an answer that goes on is not cut off with it', async () => {
  const made = await server.callAs(server.operator, 'POST', '/v1/tokens', { scopes: ['verifiers:sync'] });
  const token = String(made.json?.token);
  const first = await openFeed(token, '');
  const feed = await openFeed(token, await first.until(/"head":"([^"]+)"/));
  await feed.until(/"connection":"([^"]+)"/);
  first.close();
  // As another request was cut off meanwhile, the stream has outlived the limit.
  expect(await trickle(BODY(server.acme.token))).toMatch(/^HTTP\/1\.1 408 /);
  const revoked = await server.callAs(server.acme.token, 'DELETE', `/v1/tokens/${server.acme.publicTokenId}`);
  expect(revoked.status).toBe(204);
  await feed.until(new RegExp(`(${server.acme.publicTokenId})`));
  feed.close();
});
