import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { type GuardedApi, startGuardedApi } from './testing/guarded-api.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

let latchkey: Latchkey;
let acme: TestAccount;
let elsewhere: string;

beforeEach(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'latchkey-backup-'));
  latchkey = await startLatchkey({ env: { LATCHKEY_JOURNAL: join(elsewhere, 'revocations.journal') } });
  acme = await makeAccount(latchkey, 'acme');
});
afterEach(async () => {
  await latchkey?.stop();
  await rm(elsewhere, { recursive: true, force: true });
});

async function make(): Promise<{ id: string; token: string }> {
  const body = { scopes: ['styles:read', 'uploads:list'] };
  const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
  return { id: textField(made.body, 'id'), token: textField(made.body, 'token') };
}

async function backUp(): Promise<void> {
  await latchkey.terminate();
  await cp(latchkey.dataDir, join(elsewhere, 'backup'), { recursive: true });
  await latchkey.start();
}

async function restore(options: { readonly withJournal: boolean }): Promise<void> {
  await latchkey.terminate();
  for (const name of await readdir(latchkey.dataDir)) await rm(join(latchkey.dataDir, name));
  await cp(join(elsewhere, 'backup'), latchkey.dataDir, { recursive: true });
  if (!options.withJournal) await rm(join(elsewhere, 'revocations.journal'));
  await latchkey.start();
}

const revoke = (id: string) =>
  call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: acme.token });

const verdict = async (token: string) =>
  field((await call(`${latchkey.url}/tokens/v2`, { token })).body, 'code');

async function defaultIds(): Promise<string[]> {
  const { body } = await call(`${latchkey.url}/tokens/v2/acme?default=true`, { token: acme.token });
  return Array.isArray(body) ? body.map((one) => textField(one, 'id')) : [];
}

const alarms = async () =>
  field((await call(`${latchkey.url}/v1/verifiers`, { token: latchkey.operatorToken })).body, 'alarms');

describe('an older backup of the database, put back', () => {
  test('revives nothing, by the journal alone; the default token has a successor', async () => {
    const { id, token } = await make();
    const [defaultId = ''] = await defaultIds();
    await backUp();
    expect((await revoke(id)).status).toBe(204);
    expect((await revoke(defaultId)).status).toBe(204);
    await restore({ withJournal: true });
    expect(await verdict(token)).toBe('TokenRevoked');
    expect(await verdict(acme.defaultToken)).toBe('TokenRevoked');
    expect(await defaultIds()).toEqual([expect.not.stringMatching(defaultId)]);
    expect(await alarms()).toMatchObject([{ reason: 'journal', revived: 2 }]);
    expect(latchkey.log()).toContain('the database went back in time: a new epoch begins');
    const figures = await call(`${latchkey.url}/metrics`, { token: latchkey.operatorToken });
    expect(figures.text).toMatch(/^latchkey_alarms 1$/m);
  });

  test('revives nothing, by the tombstones of a verifier alone', async () => {
    const api = await startGuardedApi(latchkey, { requires: ['styles:read'] });
    try {
      const { id, token } = await make();
      await backUp();
      await revoke(id);
      await api.caughtUp();
      await restore({ withJournal: false });
      await until('the server to hear of the tombstone', async () =>
        (await verdict(token)) === 'TokenRevoked' ? true : undefined,
      );
      // The alarm is told of it a moment later.
      const told = await until('the alarm to count the token', async () => {
        const [alarm] = (await alarms()) as readonly unknown[];
        return field(alarm, 'revived') === 0 ? undefined : await alarms();
      });
      expect(told).toMatchObject([{ revived: 1 }]);
      await expectServed(api);
      expect((await call(`${api.url}/styles/v1/acme/streets`, { token })).status).toBe(401);
    } finally {
      await api.close();
    }
  });

  test('would revive what was revoked without either: the mutant of both', async () => {
    const { id, token } = await make();
    await backUp();
    await revoke(id);
    expect(await verdict(token)).toBe('TokenRevoked');
    await restore({ withJournal: false });
    expect(await verdict(token)).toBe('TokenValid');
    expect(await alarms()).toEqual([]);
  });
});

/** The verifier follows the new epoch: what is made now works there. */
async function expectServed(api: GuardedApi): Promise<void> {
  const { token } = await make();
  await api.caughtUp();
  expect((await call(`${api.url}/styles/v1/acme/streets`, { token })).status).toBe(200);
}
