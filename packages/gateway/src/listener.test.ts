import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VerifierStatus } from '@latchkey/verifier';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createListener } from './listener.ts';
import { createMetrics } from './metrics.ts';

const CURRENT: VerifierStatus = {
  connected: true,
  current: true,
  cursor: 'e.1.c',
  ageSeconds: 0.5,
  tokens: 3,
  rejected: { count: 1, newest: [] },
  problem: undefined,
  outdated: false,
  disk: undefined,
};

let status = CURRENT;
let url = '';
const metrics = createMetrics();
const server = createServer(
  createListener(
    {
      verify: () => ({
        allow: false,
        reason: 'no_token',
        detail: undefined,
        scope: undefined,
        token: undefined,
      }),
      status: () => status,
    },
    {
      requires: (_, path) => (path === '/open' ? 'open' : []),
      trustedProxies: ['127.0.0.1'],
      onAllow: metrics.countAllowed,
      onRefuse: ({ reason }) => metrics.count(reason),
    },
    metrics,
  ),
);
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const ask = (target: string) =>
  fetch(`${url}/forward-auth?left=over`, {
    headers: { 'x-forwarded-method': 'GET', 'x-forwarded-uri': target },
  });

test('it is ready while its replica is current, and lives in any case', async () => {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  status = { ...CURRENT, current: false };
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  status = CURRENT;
});

test('decisions are counted by outcome, and the state of the replica is told', async () => {
  for (const target of ['/open', '/open', '/closed?access_token=pk.a.b']) await ask(target);
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain('latchkey_decisions_total{outcome="allowed"} 2\n');
  expect(text).toContain('latchkey_decisions_total{outcome="no_token"} 1\n');
  expect(text).toContain('latchkey_replica_current 1\n');
  expect(text).toContain('latchkey_replica_age_seconds 0.5\n');
  expect(text).toContain('latchkey_replica_rejected_records 1\n');
  expect(text).not.toContain('pk.a.b');
});

test('where there is no door the answer is 404, not a pass', async () => {
  for (const path of ['/', '/forward-auth/', '/forward-auth/caddy', '//forward-auth']) {
    const answer = await fetch(`${url}${path}`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { message: 'Not Found', code: 'no_such_door' },
    ]);
  }
});
