import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { LatchkeyApiError, LatchkeyUnreachableError } from './api-error.ts';
import { createClient } from './create-client.ts';

const TOKEN = 'sk.eyJ1IjoiYSJ9.AAAAAAAAAAAAAAAAAAAAAA';
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const made = createServer(listener);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => Promise.reject(new Error('the call was not refused')),
    (error: unknown) => error,
  );
}

test('a refusal of the native API becomes an error with all that it says', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '7' });
    response.end(
      '{"title":"Too many requests","code":"rate_limited","detail":"Slow down.","requestId":"r1"}',
    );
  });
  const error = await failure(createClient({ url, token: TOKEN }).native.tokens.list());
  expect(error).toBeInstanceOf(LatchkeyApiError);
  expect(error).toMatchObject({
    status: 429,
    code: 'rate_limited',
    message: 'Too many requests',
    detail: 'Slow down.',
    requestId: 'r1',
    retryAfterSeconds: 7,
  });
});

test('the token goes in the header, never in the URL, and path and query are encoded', async () => {
  const seen: unknown[] = [];
  const url = await serve(({ url: target, headers }, response) => {
    seen.push(target, headers.authorization);
    response.end('[]');
  });
  await createClient({ url: `${url}/prefix/`, token: TOKEN }).tokensApi.list('a/b', { start: 'x y&z' });
  expect(seen).toEqual(['/prefix/tokens/v2/a%2Fb?start=x+y%26z', `Bearer ${TOKEN}`]);
});

test('judging a text sends that text, not the own token, and no text can break the call', async () => {
  const seen: unknown[] = [];
  const url = await serve(({ headers }, response) => {
    seen.push(headers.authorization);
    response.end('{"code":"TokenInvalid"}');
  });
  const { tokensApi } = createClient({ url, token: TOKEN });
  expect(await tokensApi.validate('pk.other.token')).toEqual({ code: 'TokenInvalid' });
  expect(await tokensApi.validate('two\nlines ☃')).toEqual({ code: 'TokenMalformed' });
  expect(seen).toEqual(['Bearer pk.other.token']);
});

test.each([
  ['a page of some other server', 200, '<html>', 'unexpected_answer'],
  ['another shape', 200, '{"items":7}', 'unexpected_answer'],
  ['an error without a reason', 502, 'Bad gateway', 'unexpected_answer'],
])('%s is told apart from an answer', async (_name, status, body, code) => {
  const url = await serve((_request, response) => response.writeHead(status).end(body));
  const error = await failure(createClient({ url, token: TOKEN }).native.tokens.list());
  expect(error).toBeInstanceOf(LatchkeyUnreachableError);
  expect(error).toMatchObject({ code });
});

test('a server that does not answer in time, and one that is not there, are told apart', async () => {
  const url = await serve(() => undefined);
  expect(await failure(createClient({ url, token: TOKEN, timeoutMs: 50 }).native.services())).toMatchObject({
    code: 'timeout',
  });
  server?.closeAllConnections();
  server?.close();
  const error = await failure(createClient({ url, token: TOKEN }).native.tokens.list());
  expect(error).toMatchObject({ code: 'connection_failed', message: expect.stringContaining(url) });
  expect(inspect(error, { depth: 9 })).not.toContain(TOKEN);
});

test('a redirect is not followed: the token would go along', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  );
  expect(await failure(createClient({ url, token: TOKEN }).native.tokens.list())).toMatchObject({
    code: 'connection_failed',
  });
});

test.each(['tokens.example.com', 'ftp://x', ''])('%j is no server URL', (url) => {
  expect(() => createClient({ url })).toThrow(TypeError);
});

test('a token that no header can carry is refused without being repeated', () => {
  const make = () => createClient({ url: 'http://x', token: 'sk.secret\nx' });
  expect(make).toThrow(TypeError);
  expect(make).not.toThrow(/secret/);
});
