import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { Verifier, VerifierStatus } from '@latchkey/verifier';
import { createHistogram } from '@latchkey/verifier/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifierMetrics } from '../../verifier/src/verifier-metrics.ts';
import { createDoorServer } from './door-server.ts';
import { buildDoors } from './doors.ts';
import { createListener } from './listener.ts';
import { createGatewayMetrics } from './metrics.ts';

const CURRENT: VerifierStatus = {
  connected: true,
  current: true,
  cursor: 'e.1.c',
  ageSeconds: 0.5,
  staleness: { secret: 900, temporary: 900, public: 3600 },
  stale: [],
  tokens: 3,
  rejected: { count: 1, newest: [] },
  problem: undefined,
  outdated: false,
  disk: undefined,
  usage: { reportedAt: undefined, problem: undefined },
};

let status = CURRENT;
let url = '';
let trustedProxies = ['127.0.0.1'];
const metrics = createGatewayMetrics();
const log = { info() {}, warn() {} };
const verifier: Verifier = {
  verify: () => ({
    allow: false,
    reason: 'no_token',
    detail: undefined,
    scope: undefined,
    token: undefined,
  }),
  noteRefusal: () => {},
  ready: async () => true,
  status: () => status,
  metrics: () =>
    verifierMetrics({
      status,
      decisions: [{ labels: { outcome: 'revoked' }, value: 70 }],
      lag: createHistogram([1]).read(),
      missingSeconds: 0,
    }),
  close: async () => undefined,
};
const doorsFor = () =>
  buildDoors(
    verifier,
    {
      requires: (_, path) => (path === '/open' ? 'open' : []),
      secretInQuery: 'flag',
      publicOrigin: undefined,
      trustedProxies,
      proxy: undefined,
    },
    { metrics, log, behind: undefined },
  );
let doors = doorsFor();
const server = createDoorServer(createListener(verifier, () => doors, metrics));
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

test('it is ready while it serves known tokens, cut off too, and lives in any case', async () => {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  status = { ...CURRENT, current: false, stale: ['secret', 'temporary'] };
  const cutOff = await fetch(`${url}/readyz`);
  expect([cutOff.status, await cutOff.json()]).toEqual([
    200,
    { current: false, stale: ['secret', 'temporary'], ageSeconds: 0.5 },
  ]);
  status = { ...CURRENT, current: false, stale: ['secret', 'temporary', 'public'] };
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  status = { ...CURRENT, current: false, ageSeconds: undefined };
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
  expect(text).not.toContain('outcome="revoked"');
  expect(text).toContain('latchkey_door_seconds_count{door="forward-auth"} 3\n');
  expect(text).toContain('latchkey_replica_bound_seconds{class="public"} 3600\n');
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

test('other doors take the place of those in force from the next question on', async () => {
  expect((await ask('/open')).status).toBe(204);
  trustedProxies = [];
  doors = doorsFor();
  expect(await (await ask('/open')).json()).toMatchObject({ code: 'untrusted_peer' });
});

test('only a gateway keeps its connection: what anybody may ask ends it, and so does a peer that is not trusted', async () => {
  const connectionOf = async (answer: Promise<Response>) => (await answer).headers.get('connection');
  trustedProxies = ['127.0.0.1'];
  doors = doorsFor();
  expect(await connectionOf(ask('/open'))).toBe('keep-alive');
  for (const path of ['/healthz', '/readyz', '/metrics', '/nowhere'])
    expect(await connectionOf(fetch(`${url}${path}`))).toBe('close');
  trustedProxies = [];
  doors = doorsFor();
  expect(await connectionOf(ask('/open'))).toBe('close');
});

test('a question that brings a body is answered, and the next one on its connection too', async () => {
  trustedProxies = ['127.0.0.1'];
  doors = doorsFor();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const question = (method: string, body: string) =>
    [
      `${method} /forward-auth HTTP/1.1`,
      'Host: door',
      'X-Forwarded-Method: GET',
      'X-Forwarded-Uri: /open',
      ...(body === '' ? [] : [`Content-Length: ${body.length}`]),
      '',
      body,
    ].join('\r\n');
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
    if (received.split(' 204 ').length === 3) socket.destroy();
  });
  socket.write(question('POST', 'x'.repeat(300_000)) + question('GET', ''));
  await once(socket, 'close');
  expect(received.match(/HTTP\/1\.1 204 /g)).toHaveLength(2);
});
