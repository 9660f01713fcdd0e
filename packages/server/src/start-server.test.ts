import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkConfig } from './config/check-config.ts';
import type { Config } from './config/config.ts';
import type { Log } from './http/app-deps.ts';
import type { InstallationError } from './installation-error.ts';
import { initInstallation, startServer } from './start-server.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function configFor(environment: Record<string, string> = {}): Config {
  const base = { LATCHKEY_PORT: '0', LATCHKEY_DATA_DIR: folder, LATCHKEY_RATE_LIMIT_PER_MINUTE: '0' };
  const checked = checkConfig({ yaml: '', name: 'latchkey.yaml', environment: { ...base, ...environment } });
  if (!checked.ok) throw new Error('the configuration of the test is wrong');
  return checked.config;
}

async function refusal(start: Promise<unknown>): Promise<InstallationError> {
  return start.then(
    () => Promise.reject(new Error('it started')),
    (error: InstallationError) => error,
  );
}

async function founded(): Promise<string> {
  const made = await initInstallation(configFor());
  if (!made.ok) throw new Error(made.refusal.detail);
  return made.value.text;
}

test.each(['', '/missing'])('a folder without an installation%s tells what to run', async (path) => {
  const error = await refusal(startServer(configFor({ LATCHKEY_DATA_DIR: folder + path }), { log: silent }));
  expect(error).toMatchObject({
    code: 'not_initialised',
    message: `${folder}${path} holds no Latchkey installation: run \`latchkey init --data ${folder}${path}\` first`,
  });
});

test('an installation is founded once', async () => {
  await founded();
  expect(await initInstallation(configFor())).toMatchObject({
    ok: false,
    refusal: { code: 'already_initialised' },
  });
});

test('a port that is taken is named, with the ways to choose another', async () => {
  await founded();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const error = await refusal(startServer(configFor({ LATCHKEY_PORT: String(port) }), { log: silent }));
  expect(error).toMatchObject({
    code: 'port_in_use',
    message: `Port ${port} on 127.0.0.1 is in use: stop the program that has it, or choose another with --port, LATCHKEY_PORT or server.port`,
  });
  other.close();
});

test('a folder that another server uses is refused', async () => {
  await founded();
  const first = await startServer(configFor(), { log: silent });
  expect(await refusal(startServer(configFor(), { log: silent }))).toMatchObject({ code: 'cannot_open' });
  await first.close();
});

test('stopping lets a call finish, refuses new ones, and keeps what was written', async () => {
  const token = await founded();
  const server = await startServer(configFor(), { log: silent });
  const body = '{"scopes":["styles:read"],"note":"last words"}';
  const running = request(`${server.url}/v1/tokens`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': body.length,
      expect: '100-continue',
    },
  });
  running.flushHeaders();
  // The server asks for the body only once it has taken the call.
  await once(running, 'continue');
  const stopped = server.close();
  running.end(body);
  const [response] = await once(running, 'response');
  expect(response.statusCode).toBe(201);
  response.resume();
  await stopped;
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();

  const again = await startServer(configFor(), { log: silent });
  const listed = await fetch(`${again.url}/v1/tokens`, { headers: { authorization: `Bearer ${token}` } });
  expect(await listed.text()).toContain('last words');
  await again.close();
});

test('stopping says bye to a verifier and does not wait for it to leave', async () => {
  const token = await founded();
  const server = await startServer(configFor(), { log: silent });
  const stream = await fetch(`${server.url}/v1/feed`, { headers: { authorization: `Bearer ${token}` } });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const text = stream.text();
  await server.close();
  expect(await text).toMatch(/^event: hello[\s\S]*event: bye/m);
});

test('health needs no token, and readiness is the store', async () => {
  await founded();
  const server = await startServer(configFor(), { log: silent });
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.close();
});

test.each([
  ['GET /v1/services HTTP/1.1\r\nHost: [not a host\r\nConnection: close\r\n\r\n', 400],
  ['GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['GET http://elsewhere.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 200],
])('%j gets an answer without a trace of the inside', async (head, status) => {
  await founded();
  const server = await startServer(configFor(), { log: silent });
  const socket = connect(server.port, '127.0.0.1');
  socket.write(head);
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(text).not.toMatch(/node_modules|\.ts:|at /);
  await server.close();
});
