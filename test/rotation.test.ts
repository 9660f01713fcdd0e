import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { seeded } from './testing/seeded.ts';
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

const KILLS = 15;
const SEED = 20_261_124;

/** A rotation that was asked for; `answered` where the answer came before the server died. */
interface Asked {
  readonly id: string;
  readonly text: string;
  readonly key: string;
  readonly grace: string;
  answered: { readonly successor: string; readonly text: string } | undefined;
}

async function askedFor(id: string, key: string, grace: string): Promise<Response> {
  return fetch(`${latchkey.url}/v1/tokens/${id}/rotate`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${acme.token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ grace }),
  });
}

test(`after kill -9 at ${KILLS} random points of rotations each has one successor that works, whether it was answered or is sent again`, async () => {
  const random = seeded(SEED);
  for (let round = 0; round < KILLS; round += 1) {
    const asked: Asked[] = [];
    const made = await Promise.all(
      Array.from({ length: 24 }, () => ask('POST', '/v1/tokens', { scopes: ['styles:write'] })),
    );
    for (const [index, token] of made.entries()) {
      const grace = index % 3 === 0 ? '0s' : index % 3 === 1 ? '1s' : '1d';
      const id = textField(token, 'id');
      asked.push({
        id,
        text: textField(token, 'token'),
        key: `${round}-${index}`,
        grace,
        answered: undefined,
      });
    }
    const point = 1 + Math.floor(random() * 20);
    let answers = 0;
    let reached: () => void = () => {};
    const atPoint = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const calls = asked.map(async (one) => {
      try {
        const response = await askedFor(one.id, one.key, one.grace);
        const body: unknown = await response.json();
        one.answered = { successor: textField(body, 'id'), text: textField(body, 'token') };
        answers += 1;
        if (answers === point) reached();
      } catch {
        // The server died first.
      }
    });
    await atPoint;
    await latchkey.kill();
    await Promise.all(calls);
    await latchkey.start();

    for (const one of asked) {
      const again: unknown = await (await askedFor(one.id, one.key, one.grace)).json();
      const successor = textField(again, 'id');
      if (one.answered !== undefined) {
        expect(successor).toBe(one.answered.successor);
        expect(await verdictOver(one.answered.text)).toBe('TokenValid');
      }
      expect(await ask('GET', `/v1/tokens/${successor}`)).toMatchObject({
        status: 'active',
        replaces: one.id,
      });
      expect(await ask('GET', `/v1/tokens/${one.id}/rotation`)).toMatchObject({ replacedBy: successor });
      if (one.grace === '1s') {
        await until('the old token to be retired', async () =>
          (await verdictOver(one.text)) === 'TokenRevoked' ? true : undefined,
        );
      } else {
        expect(await verdictOver(one.text)).toBe(one.grace === '0s' ? 'TokenRevoked' : 'TokenValid');
      }
    }
  }
}, 300_000);
