import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IDENTITY, knownTokens, TOKENS } from '../../testing/known-tokens.ts';
import { openRaw } from '../../testing/raw-connection.ts';
import { type RunningProxy, startApi, startProxy } from '../../testing/reverse-proxy-before.ts';

let running: { close(): unknown }[] = [];
let upgrades: { readonly incoming: IncomingMessage; readonly socket: Duplex }[];
let onUpgrade: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
let api: RunningProxy & { readonly server: Server };
beforeEach(async () => {
  upgrades = [];
  // An echo in the smallest other protocol there is.
  onUpgrade = (_, socket, head) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Api: 1\r\n\r\n',
    );
    if (head.length > 0) socket.write(head);
    socket.pipe(socket);
  };
  api = await startApi((_, response) => void response.end('plain'));
  api.server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => undefined);
    upgrades.push({ incoming, socket });
    onUpgrade(incoming, socket, head);
  });
  running = [api];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const each of running.reverse()) await each.close();
});

const handshake = (target: string, ...lines: readonly string[]) =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: api.example.com',
    'Connection: keep-alive, Upgrade',
    'Upgrade: WebSocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...lines,
    '',
    '',
  ].join('\r\n');

const ALLOWED = handshake(
  `/live?a&access_token=${TOKENS.public}`,
  'Latchkey-Account: spoofed',
  'Origin: https://p.example',
);

async function start(verifier = knownTokens()): Promise<RunningProxy> {
  const upstream = `http://127.0.0.1:${api.port}`;
  const proxy = await startProxy(verifier, {
    requires: ['maps:read'],
    upstream,
    requestId: () => 'request-1',
  });
  running.push(proxy);
  return proxy;
}

describe('a WebSocket', () => {
  test('goes through to the API, both ways, without its token and with identity headers', async () => {
    const { port } = await start();
    const client = await openRaw(port, `${ALLOWED}early`);
    const answer = await client.until('early');
    expect(answer).toMatch(
      /^HTTP\/1\.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n/,
    );
    expect(answer).toContain('X-Api: 1\r\n');
    client.socket.write('later');
    await client.until('later');
    const { url, headers } = upgrades[0]?.incoming ?? {};
    expect(url).toBe('/live?a');
    expect(headers).toMatchObject({
      upgrade: 'websocket',
      connection: 'upgrade',
      origin: 'https://p.example',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'latchkey-account': IDENTITY['latchkey-account'][0],
      'latchkey-usage': 'pk',
      'x-forwarded-for': '127.0.0.1',
    });
  });

  test.each([
    ['without a token', handshake('/live'), 401, 'no_token'],
    ['with a revoked token', handshake(`/live?access_token=${TOKENS.revoked}`), 401, 'revoked'],
  ])('%s is refused before the API hears of it', async (_, text, status, code) => {
    const { port } = await start();
    const answer = await (await openRaw(port, text)).rest();
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      code,
      requestId: 'request-1',
    });
    expect(answer).toMatch(/access-control-allow-origin: \*/i);
    expect(upgrades).toEqual([]);
  });

  test('that the API declines gets the answer of the API', async () => {
    onUpgrade = (_, socket) => {
      socket.end('HTTP/1.1 409 Conflict\r\nX-Api: 1\r\nContent-Length: 4\r\n\r\nfull');
    };
    const { port } = await start();
    const answer = await (await openRaw(port, ALLOWED)).rest();
    expect(answer).toMatch(
      /^HTTP\/1\.1 409 Conflict\r\nX-Api: 1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfull$/,
    );
  });

  test('to an API that is not there is 502', async () => {
    const { port } = await start();
    await api.close();
    expect(await (await openRaw(port, ALLOWED)).rest()).toMatch(
      /^HTTP\/1\.1 502 [\s\S]*"upstream_unavailable"/,
    );
  });

  test('ends at both sides when either goes', async () => {
    const { port } = await start();
    const first = await openRaw(port, `${ALLOWED}x`);
    await first.until('\r\n\r\nx');
    const atApi = upgrades[0]?.socket;
    if (atApi === undefined) throw new Error('nothing arrived');
    const gone = once(atApi, 'close');
    first.socket.destroy();
    await gone;

    const second = await openRaw(port, `${ALLOWED}x`);
    await second.until('\r\n\r\nx');
    upgrades[1]?.socket.destroy();
    await second.rest();
  });

  test('ends when its token is revoked', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const verifier = knownTokens();
    const { port } = await start(verifier);
    const client = await openRaw(port, `${ALLOWED}x`);
    await client.until('\r\n\r\nx');
    vi.advanceTimersByTime(5_000);
    client.socket.write('still');
    await client.until('still');
    verifier.revoke(TOKENS.public);
    vi.advanceTimersByTime(1_000);
    expect(await client.rest()).toMatch(/xstill$/);
  });

  test('ends when the gateway does', async () => {
    const proxy = await start();
    const client = await openRaw(proxy.port, `${ALLOWED}x`);
    await client.until('\r\n\r\nx');
    running.splice(running.indexOf(proxy), 1);
    await proxy.close();
    await client.rest();
  });
});

test('whoever offers another protocol is served in this one', async () => {
  const { port } = await start();
  const offers = ALLOWED.replace('Upgrade: WebSocket', 'Upgrade: h2c').replace('keep-alive, ', 'close, ');
  expect(await (await openRaw(port, offers)).rest()).toMatch(/^HTTP\/1\.1 200 [\s\S]*plain/);
  expect(upgrades).toEqual([]);
});

test('an upgrade with a body, or of another method, is declined', async () => {
  const { port } = await start();
  const post = ALLOWED.replace('GET ', 'POST ');
  const full = ALLOWED.replace('\r\n\r\n', '\r\nContent-Length: 4\r\n\r\nbody');
  for (const text of [post, full]) {
    expect(await (await openRaw(port, text)).rest()).toMatch(
      /^HTTP\/1\.1 501 [\s\S]*"upgrade_not_supported"/,
    );
  }
  expect(upgrades).toEqual([]);
});
