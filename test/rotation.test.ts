import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

let latchkey: Latchkey;
let acme: TestAccount;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
});
afterAll(() => latchkey?.stop());

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await call(`${latchkey.url}${path}`, {
    method,
    token: acme.token,
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

async function verdictOver(text: string): Promise<unknown> {
  return field((await call(`${latchkey.url}/tokens/v2?access_token=${text}`)).body, 'code');
}

async function rotated(grace: string) {
  const old = await ask('POST', '/v1/tokens', { scopes: ['styles:write'] });
  const id = textField(old, 'id');
  const successor = await ask('POST', `/v1/tokens/${id}/rotate`, { grace });
  return { id, text: textField(old, 'token'), successor: textField(successor, 'token') };
}

test('a token whose time comes while the server is dead is retired once it runs again, and one that was undone stays', async () => {
  const due = await rotated('2s');
  const undone = await rotated('2s');
  await ask('DELETE', `/v1/tokens/${undone.id}/rotation`);
  await latchkey.kill();
  await latchkey.start();
  await until('the old token to be retired', async () =>
    (await verdictOver(due.text)) === 'TokenRevoked' ? true : undefined,
  );
  expect(await verdictOver(due.successor)).toBe('TokenValid');
  expect(await verdictOver(undone.text)).toBe('TokenValid');
  expect(await verdictOver(undone.successor)).toBe('TokenRevoked');
  expect(await ask('GET', `/v1/tokens/${due.id}`)).toMatchObject({
    status: 'revoked',
    replacedBy: expect.stringMatching(/^c/),
  });
  const rotation = await ask('GET', `/v1/tokens/${due.id}/rotation`);
  expect(rotation).toMatchObject({ token: due.id, retired: expect.any(String) });
  // The journal knows it too: a third start, on whatever database, keeps it revoked.
  await latchkey.kill();
  await latchkey.start();
  expect(await verdictOver(due.text)).toBe('TokenRevoked');
  expect(await verdictOver(due.successor)).toBe('TokenValid');
});
