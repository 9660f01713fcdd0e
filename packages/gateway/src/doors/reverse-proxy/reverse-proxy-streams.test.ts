import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { knownTokens, TOKENS } from '../../testing/known-tokens.ts';
import { openRaw } from '../../testing/raw-connection.ts';
import { type RunningProxy, startApi, startProxy } from '../../testing/reverse-proxy-before.ts';

let running: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of running.reverse()) await each.close();
  running = [];
});

type Options = Partial<Parameters<typeof startProxy>[1]>;

async function startBefore(listener: RequestListener, options: Options = {}): Promise<RunningProxy> {
  const api = await startApi(listener);
  running.push(api);
  return startAt(`http://127.0.0.1:${api.port}`, options);
}

async function startAt(upstream: string, options: Options = {}): Promise<RunningProxy> {
  const proxy = await startProxy(knownTokens(), { requires: ['maps:read'], upstream, ...options });
  running.push(proxy);
  return proxy;
}

const head = (method: string, ...lines: readonly string[]) =>
  [
    `${method} /maps/1 HTTP/1.1`,
    'Host: api.example.com',
    `Authorization: Bearer ${TOKENS.public}`,
    ...lines,
    '',
    '',
  ].join('\r\n');

/** The code of the answer, which any page must be able to read. */
function readable(answer: string): [number, string] {
  expect(answer).toMatch(/access-control-allow-origin: \*\r\n/i);
  const body: unknown = JSON.parse(answer.slice(answer.lastIndexOf('\r\n\r\n')));
  expect(body).toMatchObject({ message: expect.any(String), requestId: expect.any(String) });
  return [Number(answer.slice(9, 12)), String(Object(body).code)];
}

const MIB = 1024 * 1024;

describe('streaming', () => {
  test('a body goes through while it comes, and so does its answer', async () => {
    const { port } = await startBefore((incoming, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      incoming.pipe(response);
    });
    const client = await openRaw(port, head('POST', 'Transfer-Encoding: chunked'));
    client.socket.write('5\r\nfirst\r\n');
    await client.until('first');
    client.socket.write('6\r\nsecond\r\n0\r\n\r\n');
    expect(await client.until('\r\n0\r\n\r\n')).toContain('second');
  });

  test('an API is not read faster than the client reads', async () => {
    let written = 0;
    let isStalled: Promise<unknown> = Promise.resolve();
    const chunk = Buffer.alloc(65_536, 'x');
    const total = 64 * MIB;
    const { port } = await startBefore((_, response) => {
      response.writeHead(200, { 'Content-Length': total });
      const write = () => {
        while (written < total) {
          written += chunk.length;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.on('drain', write);
      write();
      isStalled = settled(() => written);
    });
    const client = await openRaw(port);
    client.socket.pause();
    client.socket.write(head('GET'));
    while (written === 0) await new Promise(setImmediate);
    await isStalled;
    expect(written).toBeLessThan(total / 2);
    let received = 0;
    client.socket.removeAllListeners('data').on('data', (part: string) => {
      received += part.length;
      if (received > total) client.socket.destroy();
    });
    client.socket.resume();
    await once(client.socket, 'close');
    expect(received).toBeGreaterThan(total);
  });

  test('a client is not read faster than the API reads', async () => {
    let release: () => void = () => undefined;
    const { port } = await startBefore((incoming, response) => {
      release = () => incoming.resume();
      incoming.on('end', () => response.end('done'));
    });
    const total = 64 * MIB;
    const client = await openRaw(port, head('PUT', `Content-Length: ${total}`));
    let sent = 0;
    const chunk = Buffer.alloc(65_536, 'x');
    const write = () => {
      while (sent < total) {
        sent += chunk.length;
        if (!client.socket.write(chunk)) return;
      }
    };
    client.socket.on('drain', write);
    write();
    await settled(() => sent - client.socket.writableLength);
    expect(sent).toBeLessThan(total / 2);
    release();
    expect(await client.until('done')).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('a client that goes takes its request to the API with it', async () => {
    let gone: Promise<unknown> | undefined;
    let arrived: () => void = () => undefined;
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { port } = await startBefore((incoming) => {
      gone = closed(incoming.socket);
      arrived();
    });
    const client = await openRaw(port, head('GET'));
    await isThere;
    client.socket.destroy();
    await gone;
  });

  test('a client that goes in the middle of its body leaves no request that looks whole', async () => {
    const events: string[] = [];
    let gone: Promise<unknown> | undefined;
    const { port } = await startBefore((incoming) => {
      gone = closed(incoming.socket);
      incoming.on('end', () => events.push('end')).on('error', () => undefined);
      incoming.on('data', () => client.socket.destroy());
    });
    const client = await openRaw(port, `${head('POST', 'Transfer-Encoding: chunked')}4\r\nhalf\r\n`);
    await client.rest();
    await gone;
    expect(events).toEqual([]);
  });

  test('trailers, HEAD, 204 and 304 go through as they should', async () => {
    const { port } = await startBefore((incoming, response) => {
      const status = Number(incoming.headers['x-status']);
      if (incoming.method === 'HEAD') response.writeHead(200, { 'Content-Length': 7 }).end();
      else if (status !== 200) response.writeHead(status, { ETag: '"e"' }).end();
      else {
        response.writeHead(200, { Trailer: 'X-Sum' }).write('body');
        response.addTrailers({ 'X-Sum': '7' });
        response.end();
      }
    });
    const ask = async (...line: string[]) =>
      (await openRaw(port, head(line[0] ?? '', `X-Status: ${line[1]}`, 'Connection: close'))).rest();
    expect(await ask('HEAD')).toMatch(/content-length: 7\r\n[\s\S]*\r\n\r\n$/i);
    expect(await ask('GET', '204')).toMatch(/^HTTP\/1\.1 204 [\s\S]*\r\n\r\n$/);
    expect(await ask('GET', '304')).toMatch(/^HTTP\/1\.1 304 [\s\S]*ETag: "e"[\s\S]*\r\n\r\n$/);
    expect(await ask('GET', '200')).toMatch(/4\r\nbody\r\n0\r\nX-Sum: 7\r\n\r\n$/);
  });

  test('Expect: 100-continue is answered once the token is allowed, and a refusal comes instead of it', async () => {
    const { port } = await startBefore((incoming, response) => void incoming.pipe(response));
    const client = await openRaw(port, head('POST', 'Content-Length: 4', 'Expect: 100-continue'));
    await client.until('HTTP/1.1 100 Continue\r\n\r\n');
    client.socket.write('body');
    expect(await client.until('body')).toContain('HTTP/1.1 200 ');
    const stranger = await openRaw(
      port,
      'POST /maps/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(readable(await stranger.rest())).toEqual([401, 'no_token']);
  });
});

describe('what an API does wrong', () => {
  const short = { connectTimeoutMs: 100, firstByteTimeoutMs: 100, idleTimeoutMs: 100 };

  test('one that is not there is 502', async () => {
    const gone = await startApi(() => undefined);
    await gone.close();
    const failures: unknown[] = [];
    const origin = `http://127.0.0.1:${gone.port}`;
    const { port } = await startAt(origin, { onFailure: (...failure) => failures.push(failure) });
    const client = await openRaw(port, head('GET', 'Connection: close'));
    expect(readable(await client.rest())).toEqual([502, 'upstream_unavailable']);
    expect(failures).toEqual([['upstream_unavailable', origin]]);
  });

  test('one that does not answer is 504, with a body or without', async () => {
    const { port } = await startBefore((incoming) => void incoming.resume(), short);
    const bare = await openRaw(port, head('GET', 'Connection: close'));
    expect(readable(await bare.rest())).toEqual([504, 'upstream_timeout']);
    const full = await openRaw(port, `${head('POST', 'Connection: close', 'Content-Length: 4')}body`);
    expect(readable(await full.rest())).toEqual([504, 'upstream_timeout']);
  });

  test('one that stops in its answer is cut, so that half an answer is not taken for a whole one', async () => {
    const { port } = await startBefore((_, response) => void response.write('half'), short);
    const answer = await (await openRaw(port, head('GET'))).rest();
    expect(answer).toContain('half');
    expect(answer).not.toContain('\r\n0\r\n\r\n');
  });

  test('one that does not speak HTTP is 502', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined).end('SSH-2.0-x\r\n'));
    running.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = await startAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const client = await openRaw(port, head('GET', 'Connection: close'));
    expect(readable(await client.rest())).toEqual([502, 'upstream_unavailable']);
  });
});

describe('what a client does wrong', () => {
  test('a body beyond the limit is 413, told by its length or counted', async () => {
    const seen: string[] = [];
    const { port } = await startBefore(
      (incoming) => {
        seen.push('begun');
        incoming.on('end', () => seen.push('whole')).on('error', () => undefined);
        incoming.resume();
      },
      { bodyLimitBytes: 8 },
    );
    const told = await openRaw(port, head('POST', 'Content-Length: 9'));
    expect(readable(await told.rest())).toEqual([413, 'body_too_large']);
    expect(seen).toEqual([]);
    const counted = await openRaw(
      port,
      `${head('POST', 'Transfer-Encoding: chunked')}5\r\nabcde\r\n5\r\nabcde\r\n0\r\n\r\n`,
    );
    expect(readable(await counted.rest())).toEqual([413, 'body_too_large']);
    expect(seen).not.toContain('whole');
  });

  test('a head beyond the limit is 431', async () => {
    const { port } = await startBefore((_, response) => void response.end(), { headerLimitBytes: 2_048 });
    const client = await openRaw(port, head('GET', `X-Long: ${'x'.repeat(4_096)}`));
    expect(readable(await client.rest())).toEqual([431, 'header_too_large']);
  });

  test('a body that stops is 408', async () => {
    const { port } = await startBefore((incoming) => void incoming.resume(), { idleTimeoutMs: 100 });
    const client = await openRaw(port, `${head('POST', 'Content-Length: 9')}half`);
    expect(readable(await client.rest())).toEqual([408, 'request_timeout']);
  });

  const SMUGGLED = 'GET /admin HTTP/1.1\r\nHost: a\r\n\r\n';
  test.each([
    ['two framings', ['Content-Length: 4', 'Transfer-Encoding: chunked'], `0\r\n\r\n${SMUGGLED}`],
    [
      'two framings, the other way round',
      ['Transfer-Encoding: chunked', 'Content-Length: 4'],
      `0\r\n\r\n${SMUGGLED}`,
    ],
    ['two lengths', ['Content-Length: 4', 'Content-Length: 5'], 'bodyx'],
    ['one length twice', ['Content-Length: 4', 'Content-Length: 4'], 'body'],
    ['a list of lengths', ['Content-Length: 4, 4'], 'body'],
    ['a signed length', ['Content-Length: +4'], 'body'],
    ['a length in hexadecimal', ['Content-Length: 0x4'], 'body'],
    ['a coding that is not chunked', ['Transfer-Encoding: gzip'], 'body'],
    ['a coding beside chunked', ['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'],
    ['chunked twice', ['Transfer-Encoding: chunked, chunked'], '0\r\n\r\n'],
    ['chunked in two lines', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], '0\r\n\r\n'],
    ['a coding that hides in white space', ['Transfer-Encoding:\x0bchunked'], '0\r\n\r\n'],
    ['a space before a colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a folded line', ['X-Folded: a\r\n Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a bare line feed', ['X-Line: a\nTransfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a bare carriage return', ['X-Line: a\rTransfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a zero byte', ['X-Zero: a\0b'], ''],
    ['a second Host', ['Host: b.example'], ''],
    ['a chunk size with a sign', ['Transfer-Encoding: chunked'], '+4\r\nbody\r\n0\r\n\r\n'],
    ['a chunk ended by a bare line feed', ['Transfer-Encoding: chunked'], '4\nbody\r\n0\r\n\r\n'],
    [
      'a chunk that is longer than it says',
      ['Transfer-Encoding: chunked'],
      `2\r\nbody\r\n0\r\n\r\n${SMUGGLED}`,
    ],
  ])('%s is refused or cut, and no second request comes of it', async (_, lines, body) => {
    const whole: string[] = [];
    const { port } = await startBefore((incoming, response) => {
      incoming.on('end', () => {
        whole.push(incoming.url ?? '');
        response.end('in');
      });
      incoming.on('error', () => undefined).resume();
    });
    const client = await openRaw(port, head('POST', ...lines) + body);
    const answer = await client.rest();
    expect(whole).toEqual([]);
    if (answer !== '') expect([400, 501]).toContain(readable(answer)[0]);
  });

  test('HTTP/1.0 with a coding, and HTTP/1.1 without Host, are refused', async () => {
    const { port } = await startBefore((_, response) => void response.end('in'));
    for (const text of [
      `GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    ]) {
      expect(await (await openRaw(port, text)).rest()).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  test('what is no request is told so, readably', async () => {
    const { port } = await startBefore(() => undefined);
    expect(readable(await (await openRaw(port, 'nonsense\r\n\r\n')).rest())).toEqual([
      400,
      'request_unreadable',
    ]);
  });
});

/** However it ends. */
function closed(connection: Readable): Promise<void> {
  return new Promise((resolve) => {
    connection.once('close', () => resolve());
  });
}

/** Resolves once a number has stopped to change for a good many turns of the event loop. */
async function settled(read: () => number): Promise<void> {
  let last = Number.NaN;
  for (let still = 0; still < 5_000; still += 1) {
    const now = read();
    if (now !== last) still = 0;
    last = now;
    await new Promise(setImmediate);
  }
}
