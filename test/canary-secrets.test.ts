import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { abuse, useWell } from './testing/abuse.ts';
import { call, field, textField } from './testing/call.ts';
import { filesOf, findSecrets, type Leak } from './testing/find-secrets.ts';
import { type GuardedApi, startGuardedApi } from './testing/guarded-api.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';

let latchkey: Latchkey;
let api: GuardedApi;
let acme: TestAccount;
/** Every text that authenticates, did once, or looks as if it did. */
const secrets: string[] = [];
/** Where none of them may be. */
const places = new Map<string, Buffer | string>();

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'debug' } });
  acme = await makeAccount(latchkey, 'acme');
  api = await startGuardedApi(latchkey, { requires: ['styles:read'] });
  secrets.push(latchkey.operatorToken, acme.token, api.token);

  const create = async (body: Record<string, unknown>, path = '/tokens/v2/acme') => {
    const made = await call(`${latchkey.url}${path}`, { method: 'POST', token: acme.token, body });
    if (made.status >= 300) throw new Error(made.text);
    secrets.push(textField(made.body, 'token'));
    return { token: textField(made.body, 'token'), id: textField(made.body, 'id') };
  };
  const inAnHour = new Date(Date.now() + 3_000_000).toISOString();
  const secret = await create({
    scopes: ['tokens:read', 'tokens:write', 'styles:read', 'scopes:list'],
    note: 'a secret',
  });
  const revoked = await create({ scopes: ['tokens:read'], note: 'to be revoked' });
  const temporary = await create({ scopes: ['tokens:read', 'styles:read'], expires: inAnHour });
  const native = await create({ scopes: ['tokens:read'], expires: '2099-01-01T00:00:00Z' }, '/v1/tokens');
  const replayed = {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['tokens:read'] },
    headers: { 'idempotency-key': 'once-and-again' },
  };
  const first = await call(`${latchkey.url}/v1/tokens`, replayed);
  secrets.push(textField(first.body, 'token'));
  places.set(
    'the answer to a repeated Idempotency-Key',
    (await call(`${latchkey.url}/v1/tokens`, replayed)).text,
  );

  const url = `${latchkey.url}/tokens/v2/acme`;
  places.set(
    'an update',
    (await call(`${url}/${secret.id}`, { method: 'PATCH', token: acme.token, body: { note: 'renamed' } }))
      .text,
  );
  await call(`${url}/${revoked.id}`, { method: 'DELETE', token: acme.token });
  const forged = `${secret.token.slice(0, -22)}Zm9yZ2VkLWNhbmFyeS0wMQ`;
  secrets.push(forged);

  for (const text of [secret.token, revoked.token, temporary.token, native.token, forged]) {
    await useWell(latchkey.url, 'acme', text);
    for (const base of [latchkey.url, api.url]) {
      for (const { what, answer } of await abuse(base, 'acme', text)) {
        const headers = [...answer.headers]
          .map(([name, values]) => `${name}: ${values.join(', ')}`)
          .join('\n');
        places.set(`answer to ${what} (${places.size})`, `${headers}\n\n${answer.text}`);
      }
    }
    await call(`${api.url}/styles/v1/acme/streets?access_token=${text}`);
    await call(`${api.url}/styles/v1/acme/streets`, { token: text });
  }

  for (const path of [
    '/tokens/v2/acme',
    '/v1/tokens?usage=tk',
    '/v1/tokens?status=revoked',
    '/v1/tokens',
    '/v1/audit',
    '/scopes/v1/acme',
  ]) {
    places.set(path, (await call(`${latchkey.url}${path}`, { token: acme.token })).text);
  }
  for (const path of [
    '/v1/accounts',
    '/v1/audit?limit=500',
    '/metrics',
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/v1/services',
  ]) {
    places.set(
      `${path} for the operator`,
      (await call(`${latchkey.url}${path}`, { token: latchkey.operatorToken })).text,
    );
  }
  const snapshot = await call(`${latchkey.url}/v1/feed/snapshot`, { token: api.token });
  expect(snapshot.status).toBe(200);
  places.set('the snapshot of the feed', snapshot.text);

  // Once while the server holds its files open, and once after it has closed them.
  for (const [name, bytes] of await filesOf(latchkey.dataDir)) places.set(`file ${name}`, bytes);
  await api.close();
  await latchkey.terminate();
  for (const [name, bytes] of await filesOf(latchkey.dataDir))
    places.set(`file ${name} after the end`, bytes);
  places.set('the log of the server', latchkey.log());
  places.set('the log of the API', api.log());
});
afterAll(async () => {
  await api?.close();
  await latchkey?.stop();
});

const told = (leaks: readonly Leak[]) => [
  ...new Set(leaks.map(({ form, place }) => `${form} in ${place.replace(/ \(\d+\)$/, '')}`)),
];

test('no log, answer, file, snapshot or metric holds a secret or temporary token, in whole or its signature, in any form', () => {
  expect(told(findSecrets(secrets, places))).toEqual([]);
});

test('there was something to look at: the log speaks of requests and the files hold the tokens by their ids', () => {
  expect(String(places.get('the log of the server')).split('\n').length).toBeGreaterThan(50);
  const files = [...places].filter(([place]) => place.startsWith('file '));
  const id = textField(JSON.parse(Buffer.from(acme.token.split('.')[1] ?? '', 'base64').toString()), 'a');
  expect(files.some(([, content]) => Buffer.from(content).includes(id))).toBe(true);
  expect(String(places.get('the snapshot of the feed'))).toContain(id);
  expect(field(JSON.parse(String(places.get('/tokens/v2/acme')))[0], 'id')).toBeTypeOf('string');
});

test('a planted secret is found in every form and place', async () => {
  const [secret = ''] = secrets;
  const signature = secret.split('.')[2] ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-canary-'));
  try {
    const plants: Readonly<Record<string, Buffer | string>> = {
      text: `{"msg":"request","token":"${secret}"}`,
      signature: `pk.other.${signature}`,
      'cut short': `"${secret.slice(0, -6)}…"`,
      'lower case': secret.toLowerCase(),
      'signature bytes': Buffer.concat([Buffer.from('row\0'), Buffer.from(signature, 'base64url')]),
      hex: Buffer.from(secret).toString('hex'),
      base64: Buffer.from(`{"t":"${secret}"}`).toString('base64'),
      'base64 at offset 1': Buffer.from(`_{"t":"${secret}"}`).toString('base64'),
      'base64 at offset 2': Buffer.from(`__{"t":"${secret}"}`).toString('base64'),
      'UTF-16': Buffer.from(secret, 'utf16le'),
    };
    for (const [form, content] of Object.entries(plants)) await writeFile(join(folder, form), content);
    const found = findSecrets(secrets, await filesOf(folder));
    expect([...new Set(found.map((leak) => leak.place))].sort()).toEqual(Object.keys(plants).sort());
    expect(found.every((leak) => leak.secret === 0)).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
