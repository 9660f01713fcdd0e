import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createPurger, type Purger } from './purger.ts';

interface Called {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server | undefined;
let purger: Purger | undefined;
afterEach(async () => {
  await purger?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A cache further out that answers purge calls. */
async function startCache(
  answer: (response: ServerResponse, number: number) => void,
): Promise<{ readonly url: string; readonly called: readonly Called[] }> {
  const called: Called[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    called.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    answer(response, called.length);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, called };
}

const NO_HEADERS = { headers: {}, body: undefined };

test('each hook is called with the key where it is wanted', async () => {
  const cache = await startCache((response) => response.end());
  const problems: unknown[] = [];
  purger = createPurger({
    hooks: [
      {
        url: `${cache.url}/purge/{key}?soft=1`,
        method: 'POST',
        headers: { 'Fastly-Key': 's3cret' },
        body: undefined,
      },
      { url: cache.url, method: 'PURGE', headers: { 'xkey-purge': '{key}' }, body: undefined },
      { url: cache.url, method: 'POST', headers: {}, body: '{"tags":["{key}"]}' },
    ],
    onProblem: (...problem) => problems.push(problem),
  });
  purger.purge('latchkey-a b/c');
  await vi.waitFor(() => expect(purger?.counts()).toEqual({ done: 3, failed: 0, dropped: 0, waiting: 0 }));
  expect(cache.called.map(({ line }) => line).sort()).toEqual([
    'POST /',
    'POST /purge/latchkey-a%20b%2Fc?soft=1',
    'PURGE /',
  ]);
  const by = (start: string) => cache.called.find(({ line }) => line.startsWith(start));
  expect(by('POST /purge')?.headers['fastly-key']).toBe('s3cret');
  expect(by('PURGE')?.headers['xkey-purge']).toBe('latchkey-a b/c');
  expect(cache.called.map(({ body }) => body)).toContain('{"tags":["latchkey-a b/c"]}');
  expect(problems).toEqual([]);
});

test('a call that fails is made again until it works, and the problem is told once', async () => {
  const cache = await startCache((response, number) => {
    if (number === 1) response.destroy();
    else response.writeHead([500, 429, 408][number - 2] ?? 204).end();
  });
  const problems: unknown[] = [];
  purger = createPurger({
    hooks: [{ url: `${cache.url}/{key}`, method: 'PURGE', ...NO_HEADERS }],
    onProblem: (...problem) => problems.push(problem),
    retryAfterMs: () => 1,
  });
  purger.purge('latchkey-a');
  await vi.waitFor(() => expect(purger?.counts().done).toBe(1));
  expect(cache.called).toHaveLength(5);
  expect(problems).toEqual([
    [0, expect.stringMatching(/UND_ERR_SOCKET|ECONNRESET/)],
    [0, 'answered 500'],
    [0, 'answered 429'],
    [0, 'answered 408'],
    [0, undefined],
  ]);
});

test('a call that is refused, or fails too often, is given up and counted', async () => {
  const cache = await startCache((response, number) => response.writeHead(number === 1 ? 403 : 503).end());
  purger = createPurger({
    hooks: [{ url: `${cache.url}/{key}`, method: 'PURGE', ...NO_HEADERS }],
    onProblem: () => undefined,
    retryAfterMs: (tries) => (tries < 3 ? 1 : undefined),
  });
  purger.purge('latchkey-refused');
  await vi.waitFor(() => expect(purger?.counts().failed).toBe(1));
  purger.purge('latchkey-down');
  await vi.waitFor(() => expect(purger?.counts().failed).toBe(2));
  expect(cache.called).toHaveLength(4);
});

test('a redirect is not followed: the secret would go along', async () => {
  const cache = await startCache((response) => response.writeHead(302, { Location: '/elsewhere' }).end());
  purger = createPurger({
    hooks: [{ url: cache.url, method: 'PURGE', ...NO_HEADERS }],
    onProblem: () => undefined,
  });
  purger.purge('latchkey-a');
  await vi.waitFor(() => expect(purger?.counts().failed).toBe(1));
  expect(cache.called).toHaveLength(1);
});

test('a key that waits is not added again, and no more wait than the limit', async () => {
  const held: ServerResponse[] = [];
  const cache = await startCache((response) => held.push(response));
  purger = createPurger({
    hooks: [{ url: `${cache.url}/{key}`, method: 'PURGE', ...NO_HEADERS }],
    onProblem: () => undefined,
    waitingLimit: 10,
  });
  for (let number = 0; number < 100; number++) {
    purger.purge(`latchkey-${number % 50}`);
    purger.purge(`latchkey-${number % 50}`);
  }
  await vi.waitFor(() => expect(held).toHaveLength(4));
  expect(purger.counts().waiting).toBe(14);
  expect(purger.counts().dropped).toBeGreaterThan(30);
  for (let number = 0; number < 14; number++) {
    await vi.waitFor(() => expect(held.length).toBeGreaterThan(number));
    held[number]?.end();
  }
  await vi.waitFor(() => expect(purger?.counts()).toMatchObject({ done: 14, waiting: 0 }));
});

test('what waits is tried once more when it closes', async () => {
  const cache = await startCache((response, number) => response.writeHead(number === 1 ? 503 : 200).end());
  purger = createPurger({
    hooks: [{ url: cache.url, method: 'PURGE', ...NO_HEADERS }],
    onProblem: () => undefined,
    retryAfterMs: () => 3_600_000,
  });
  purger.purge('latchkey-a');
  await vi.waitFor(() => expect(cache.called).toHaveLength(1));
  await vi.waitFor(() => expect(purger?.counts().waiting).toBe(1));
  await purger.close();
  expect(purger.counts()).toEqual({ done: 1, failed: 0, dropped: 0, waiting: 0 });
});
