import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { AnswerReceiver, UpstreamCall, UpstreamRequest } from './forward.ts';
import { openUpstreams, type UpstreamLimits, type Upstreams } from './undici-forward.ts';
import type { UpstreamFailure } from './upstream-failure.ts';

const LIMITS: UpstreamLimits = {
  connectTimeoutMs: 5_000,
  firstByteTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  headerLimitBytes: 16_384,
};

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function upstreams(limits: Partial<UpstreamLimits> = {}): Upstreams {
  const opened = openUpstreams({ ...LIMITS, ...limits });
  closing.push(() => opened.close());
  return opened;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return listening(server);
}

/** An API that says exactly these bytes. */
async function speak(onConnection: (socket: Socket, count: number) => void): Promise<string> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    count += 1;
    onConnection(socket, count);
  });
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return listening(server);
}

async function listening(server: TcpServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
  readonly failure: UpstreamFailure | undefined;
}

function ask(
  { forward }: Upstreams,
  origin: string,
  request: Partial<UpstreamRequest> = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let status: number | undefined;
    let headers: readonly string[] = [];
    const finish = (trailers: readonly string[], failure?: UpstreamFailure) =>
      resolve({ status, headers, body: Buffer.concat(chunks).toString(), trailers, failure });
    forward(requestTo(origin, request), {
      head: (...head) => {
        [status, , headers] = head;
      },
      chunk: (chunk) => chunks.push(chunk) > 0,
      end: finish,
      fail: (failure) => finish([], failure),
    });
  });
}

function requestTo(origin: string, request: Partial<UpstreamRequest>): UpstreamRequest {
  return {
    method: 'GET',
    origin,
    target: '/',
    headers: [],
    body: undefined,
    identity: undefined,
    ...request,
  };
}

describe('what is sent', () => {
  test('method, target and headers arrive as they were given, repeats and spelling included', async () => {
    const origin = await serve((incoming, response) => {
      response.end(JSON.stringify([incoming.method, incoming.url, incoming.rawHeaders]));
    });
    const target = "/a;b/c%2Fd//'?x=%41&&y#z";
    const headers = ['X-Twice', 'one', 'x-tWICE', 'two', 'Host', 'api.example.com'];
    const { body } = await ask(upstreams(), origin, { method: 'DELETE', target, headers });
    const [method, url, raw] = JSON.parse(body) as [string, string, string[]];
    expect([method, url]).toEqual(['DELETE', target]);
    expect(raw.join('\n')).toContain(['X-Twice', 'one', 'x-tWICE', 'two'].join('\n'));
    expect(raw.filter((name) => /^host$/i.test(name))).toHaveLength(1);
    expect(raw).toContain('api.example.com');
  });

  test('a body is streamed as it comes, of known length or in chunks', async () => {
    const origin = await serve((incoming, response) => {
      response.write(`${incoming.headers['content-length'] ?? incoming.headers['transfer-encoding']}:`);
      incoming.pipe(response);
    });
    const opened = upstreams();
    const body = () => Readable.from([Buffer.from('four'), Buffer.from('five5')]);
    const known = await ask(opened, origin, {
      method: 'POST',
      headers: ['Content-Length', '9'],
      body: body(),
    });
    expect(known.body).toBe('9:fourfive5');
    expect((await ask(opened, origin, { method: 'POST', body: body() })).body).toBe('chunked:fourfive5');
  });
});

describe('what comes back', () => {
  test('headers keep repeats and spelling, and lose what is about the connection', async () => {
    const origin = await serve((_, response) => {
      const headers = [
        'Set-Cookie',
        'a',
        'SET-cookie',
        'b',
        'X-Own',
        '1',
        'Connection',
        'X-Own, close',
        'Date',
        '',
      ];
      response.writeHead(200, [...headers, 'Upgrade', 'h2c', 'Keep-Alive', 'timeout=9', 'Vary', 'Origin']);
      response.end();
    });
    const { headers } = await ask(upstreams(), origin);
    expect(headers.slice(0, 8)).toEqual(['Set-Cookie', 'a', 'SET-cookie', 'b', 'Date', '', 'Vary', 'Origin']);
    expect(headers.join().toLowerCase()).not.toMatch(/connection|x-own|upgrade|keep-alive|transfer-encoding/);
  });

  test('trailers come at the end', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { Trailer: 'X-Sum' }).write('body');
      response.addTrailers({ 'X-Sum': '7' });
      response.end();
    });
    expect(await ask(upstreams(), origin)).toMatchObject({ body: 'body', trailers: ['X-Sum', '7'] });
  });

  test.each([
    ['HEAD', 200, 'Content-Length: 5\r\n'],
    ['GET', 204, ''],
    ['GET', 304, 'Content-Length: 5\r\n'],
  ])('%s answered %i has no body', async (method, status, length) => {
    const origin = await speak((socket) => {
      socket.on('data', () => socket.write(`HTTP/1.1 ${status} X\r\n${length}\r\n`));
    });
    expect(await ask(upstreams(), origin, { method })).toMatchObject({
      status,
      body: '',
      failure: undefined,
    });
  });

  test('informational answers are not handed on', async () => {
    const origin = await serve((_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.end('late');
    });
    expect(await ask(upstreams(), origin)).toMatchObject({ status: 200, body: 'late' });
  });

  test('an answer that is not taken is not fetched whole', async () => {
    const length = 64 * 1024 * 1024;
    let written = 0;
    let isDrained = false;
    const origin = await serve((_, response) => {
      const chunk = Buffer.alloc(65_536);
      const write = () => {
        while (written < length) {
          written += chunk.length;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.on('drain', write);
      write();
    });
    const { forward } = upstreams();
    let received = 0;
    let call: UpstreamCall | undefined;
    await new Promise<void>((resolve, reject) => {
      const receiver: AnswerReceiver = {
        head: () => undefined,
        chunk(bytes) {
          received += bytes.length;
          if (isDrained) return true;
          // Whatever the API can still put into buffers on the way, it does in the meantime.
          const stalledAt = written;
          const look = () => {
            expect(received).toBeLessThan(1024 * 1024);
            expect(written).toBeLessThan(length);
            isDrained = true;
            call?.resume();
          };
          setImmediate(() => (written === stalledAt ? look() : setImmediate(look)));
          return false;
        },
        end: () => resolve(),
        fail: reject,
      };
      call = forward(requestTo(origin, {}), receiver);
    });
    expect(received).toBeGreaterThanOrEqual(length);
  });

  test('an answer that nobody wants any more is broken off', async () => {
    let closed: Promise<unknown> | undefined;
    const origin = await serve((_, response) => {
      closed = once(response, 'close');
      response.write('begin');
    });
    const { forward } = upstreams();
    const events: string[] = [];
    await new Promise<void>((resolve) => {
      const call = forward(requestTo(origin, {}), {
        head: () => events.push('head'),
        chunk: () => {
          setImmediate(resolve);
          return events.push('chunk') > 0;
        },
        end: () => events.push('end'),
        fail: () => events.push('fail'),
      });
      closing.push(() => call.abort());
    });
    await closing.pop()?.();
    await closed;
    expect(events).toEqual(['head', 'chunk']);
  });
});

describe('what goes wrong', () => {
  const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

  test('nobody listens', async () => {
    const origin = await serve(() => undefined);
    await closing.pop()?.();
    expect(await ask(upstreams(), origin)).toMatchObject({ status: undefined, failure: 'not_connected' });
  });

  test('no answer in time, and none that goes on in time', async () => {
    const limits = { firstByteTimeoutMs: 100, idleTimeoutMs: 100 };
    const silent = await serve(() => undefined);
    expect((await ask(upstreams(limits), silent)).failure).toBe('first_byte_timeout');
    const stalled = await serve((_, response) => void response.write('begin'));
    expect(await ask(upstreams(limits), stalled)).toMatchObject({ body: 'begin', failure: 'idle_timeout' });
  });

  test('an answer that is cut is no whole answer', async () => {
    const origin = await speak((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'));
    });
    expect(await ask(upstreams(), origin)).toMatchObject({
      status: 200,
      body: 'half',
      failure: expect.stringMatching(/^(bad_answer|connection_lost)$/),
    });
  });

  test.each(['SSH-2.0-x\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'])(
    '%j is no answer',
    async (bytes) => {
      const origin = await speak((socket) => socket.once('data', () => socket.write(bytes)));
      expect((await ask(upstreams(), origin)).failure).toBe('bad_answer');
    },
  );

  test.each([
    ['GET', undefined, 'ok'],
    ['PUT', undefined, 'ok'],
    ['POST', undefined, ''],
    ['PATCH', undefined, ''],
    ['PUT', 'body', ''],
  ])(
    '%s with the body %s, whose connection breaks before an answer, ends with %j',
    async (method, text, expected) => {
      const origin = await speak((socket, count) => {
        socket.once('data', () => (count === 1 ? socket.destroy() : socket.write(OK)));
      });
      const body = text === undefined ? undefined : Readable.from([Buffer.from(text)]);
      expect((await ask(upstreams(), origin, { method, body })).body).toBe(expected);
    },
  );

  test('it is tried three times and no more', async () => {
    let connections = 0;
    const origin = await speak((socket, count) => {
      connections = count;
      socket.once('data', () => socket.destroy());
    });
    expect((await ask(upstreams(), origin)).failure).toBe('connection_lost');
    expect(connections).toBe(3);
  });

  test('what began to be answered is not asked again', async () => {
    let connections = 0;
    const origin = await speak((socket, count) => {
      connections = count;
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', () => socket.resetAndDestroy());
      });
    });
    expect((await ask(upstreams(), origin)).failure).toBeDefined();
    expect(connections).toBe(1);
  });

  test('a client whose body breaks off leaves no half request behind that looks whole', async () => {
    const ends: string[] = [];
    const origin = await serve((incoming) => {
      incoming.on('end', () => ends.push('end')).on('error', () => ends.push('broken'));
      incoming.resume();
      incoming.on('data', () => body.destroy());
    });
    const body = new Readable({ read: () => undefined });
    body.push('half');
    expect((await ask(upstreams(), origin, { method: 'POST', body })).failure).toBe('body_broken');
    expect(ends).not.toContain('end');
  });
});
