import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { App } from './call-state.ts';
import { mountHealth } from './health.ts';
import { createListener } from './listener.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-health-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a server whose store is gone is alive, not ready, and its log has the cause', async () => {
  const store = await openSqliteStore({ folder, now: Date.now });
  const errors: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_fields: object, message: string) => void errors.push(message),
  };
  const app: App = new Hono();
  mountHealth(app, { store, log });
  const server = createServer(createListener(app, log));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await store.close();
  const answer = await fetch(`${url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toBe('{"status":"unavailable"}');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(errors).toEqual(['the store does not answer']);
  server.closeAllConnections();
  server.close();
});
