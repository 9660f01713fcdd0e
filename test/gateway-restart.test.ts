import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

// `latchkey gateway` that is killed and started again, with the server and without it.

const SERVICES = [
  {
    name: 'maps',
    title: 'Maps',
    routes: [{ methods: ['GET'], path: '/maps/{id}', scopes: ['styles:read'], description: 'Reads a map.' }],
  },
];

let latchkey: Latchkey;
let gateway: Gateway;
let secret: string;

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: JSON.stringify(SERVICES) } });
  secret = (await makeAccount(latchkey, 'acme')).token;
  gateway = await startGateway(latchkey, { LATCHKEY_GATEWAY_TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(async () => {
  await gateway?.stop();
  await latchkey?.stop();
});

async function makeToken(): Promise<{ id: string; text: string }> {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: secret,
    body: { scopes: ['styles:read'], note: 'maps' },
  });
  return { id: textField(made.body, 'id'), text: textField(made.body, 'token') };
}

async function ask(token: string): Promise<number> {
  const headers = {
    'x-forwarded-method': 'GET',
    'x-forwarded-uri': '/maps/1',
    authorization: `Bearer ${token}`,
  };
  return (await fetch(`${gateway.url}/forward-auth`, { headers })).status;
}

async function verifiers(): Promise<readonly unknown[]> {
  const { body } = await call(`${latchkey.url}/v1/verifiers`, { token: latchkey.operatorToken });
  return [field(body, 'verifiers')].flat();
}

test('a gateway that is started again is the same verifier, and leaves none behind', async () => {
  const before = await verifiers();
  await gateway.kill();
  await gateway.start();
  await until('the gateway to be connected', async () => {
    const [one, ...others] = await verifiers();
    return others.length === 0 && field(one, 'connected') === true ? true : undefined;
  });
  expect((await verifiers()).map((one) => field(one, 'id'))).toEqual(before.map((one) => field(one, 'id')));
});

test('a gateway that is killed and started while the server is dead goes on, and revives nothing that it had confirmed', async () => {
  const [kept, revoked] = [await makeToken(), await makeToken()];
  for (const { text } of [kept, revoked]) {
    await until('the token to arrive', async () => ((await ask(text)) === 204 ? true : undefined));
  }
  await until('the copy on disk', async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    return metrics.includes('latchkey_replica_disk_timestamp_seconds ') ? true : undefined;
  });
  const answer = await fetch(`${latchkey.url}/tokens/v2/acme/${revoked.id}?access_token=${secret}`, {
    method: 'DELETE',
    headers: { Prefer: 'wait=20' },
  });
  expect([answer.status, answer.headers.get('latchkey-pending')]).toEqual([204, '0']);
  await gateway.kill();
  await latchkey.kill();
  await gateway.start();
  expect([await ask(kept.text), await ask(revoked.text)]).toEqual([204, 401]);
  expect(gateway.log()).toContain('the services are those that the server told before');
});
