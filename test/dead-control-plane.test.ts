import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier } from '@latchkey/verifier';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { type GuardedApi, revisionOf, startGuardedApi } from './testing/guarded-api.ts';
import { askVerifier } from './testing/local-verifier.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

const BOUND_SECONDS = 12;

let latchkey: Latchkey;
let acme: TestAccount;
let folder: string;
let api: GuardedApi | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-copy-'));
  const bound = String(BOUND_SECONDS);
  latchkey = await startLatchkey({
    env: { LATCHKEY_STALENESS_SECRET: bound, LATCHKEY_STALENESS_PUBLIC: bound },
  });
  acme = await makeAccount(latchkey, 'acme');
});
afterEach(async () => {
  await api?.close();
  await latchkey?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function make(): Promise<{ id: string; token: string; revision: number }> {
  const body = { scopes: ['styles:read'] };
  const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
  const revision = revisionOf(made.headers);
  return { id: textField(made.body, 'id'), token: textField(made.body, 'token'), revision };
}

test('while server and database are dead the API decides as before, across its own restart, until the stated bound', async () => {
  const kept = await make();
  const gone = await make();
  api = await startGuardedApi(latchkey, { requires: ['styles:read'], folder });
  await call(`${latchkey.url}/tokens/v2/acme/${gone.id}`, { method: 'DELETE', token: acme.token });
  await api.caughtUp();
  const ask = async (token: string) => {
    const answer = await call(`${api?.url}/styles/v1/acme/streets`, { token });
    return answer.status === 200 ? 'allow' : textField(answer.body, 'code');
  };
  const late = await make();
  expect([await ask(kept.token), await ask(gone.token)]).toEqual(['allow', 'revoked']);

  await latchkey.kill();
  const diedAt = Date.now();
  await rm(latchkey.dataDir, { recursive: true });
  expect([await ask(kept.token), await ask(gone.token)]).toEqual(['allow', 'revoked']);
  await api.restart();
  expect([await ask(kept.token), await ask(gone.token)]).toEqual(['allow', 'revoked']);
  expect(field(await api.status(), 'connected')).toBe(false);

  // The safeguard switched off: a verifier that keeps no copy knows nothing after its restart.
  const bare = createVerifier({ url: latchkey.url, token: api.token });
  expect(askVerifier(bare, kept.token)).toBe('replica_stale');
  await bare.close();

  let lastAcceptedAt = 0;
  const refusal = await until('the bound to pass', async () => {
    const answer = await call(`${api?.url}/styles/v1/acme/streets`, { token: kept.token });
    if (answer.status !== 200) return answer;
    lastAcceptedAt = Date.now();
    return undefined;
  });
  expect(lastAcceptedAt).toBeGreaterThan(diedAt);
  expect(lastAcceptedAt - diedAt).toBeLessThanOrEqual(BOUND_SECONDS * 1000);
  expect(refusal.status).toBe(503);
  expect(refusal.body).toMatchObject({ message: 'Service Unavailable', code: 'replica_stale' });
  expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
  expect([await ask(gone.token), await ask(late.token)]).toEqual(['revoked', 'replica_stale']);
});
