import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createClient from '@mapbox/mapbox-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, listOf, textField } from './testing/call.ts';
import { type GuardedApi, revisionOf, startGuardedApi } from './testing/guarded-api.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

const CALLERS = 4;

let latchkey: Latchkey;
let acme: TestAccount;
const folders: string[] = [];

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
});
afterAll(async () => {
  await latchkey?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-usage-'));
  folders.push(folder);
  return folder;
}

async function makeToken(body: Record<string, unknown> = {}) {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'], ...body },
  });
  return {
    id: textField(made.body, 'id'),
    text: textField(made.body, 'token'),
    revision: revisionOf(made.headers),
  };
}

type Made = Awaited<ReturnType<typeof makeToken>>;

async function startApi(name: string, token: Made, folder?: string): Promise<GuardedApi> {
  const options = { requires: ['styles:read'], name, ...(folder === undefined ? {} : { folder }) };
  const api = await startGuardedApi(latchkey, options);
  await api.caughtUp(token.revision);
  return api;
}

/** Requests that were let in, so far as their answers came. */
interface Traffic {
  accepted(): number;
  /** Resolves once this many more were let in. */
  more(count: number): Promise<void>;
  stop(): Promise<number>;
}

function startTraffic(api: GuardedApi, token: Made): Traffic {
  let accepted = 0;
  let isOver = false;
  const { url } = api;
  async function caller(): Promise<void> {
    while (!isOver) {
      const answer = await fetch(`${url}/styles/v1/acme/streets`, {
        headers: { authorization: `Bearer ${token.text}`, origin: 'https://shop.example' },
      }).catch(() => undefined);
      if (answer === undefined) return;
      await answer.arrayBuffer().catch(() => undefined);
      if (answer.status === 200) accepted += 1;
    }
  }
  const callers = Array.from({ length: CALLERS }, caller);
  return {
    accepted: () => accepted,
    async more(count) {
      const wanted = accepted + count;
      await until('requests to be let in', () => accepted >= wanted || undefined);
    },
    async stop() {
      isOver = true;
      await Promise.all(callers);
      return accepted;
    },
  };
}

/** Requests of the token that the server has counted as allowed. */
async function counted(token: Made): Promise<number> {
  const path = `/v1/usage?token=${token.id}&step=total&kind=allowed`;
  const { body } = await call(`${latchkey.url}${path}`, { token: acme.token });
  return listOf(field(body, 'rows')).reduce<number>((sum, row) => sum + Number(field(row, 'count')), 0);
}

async function countedAtLeast(token: Made, count: number): Promise<number> {
  return until('usage to be reported', async () => {
    const now = await counted(token);
    return now >= count ? now : undefined;
  });
}

test('every request that was let in is counted once, though the server is killed in the middle of the traffic', async () => {
  const token = await makeToken();
  const api = await startApi('killed-server', token);
  const traffic = startTraffic(api, token);
  await traffic.more(50);
  for (let kill = 0; kill < 3; kill += 1) {
    await latchkey.kill();
    await traffic.more(50);
    await latchkey.start();
    await traffic.more(50);
  }
  await countedAtLeast(token, 1);
  const accepted = await traffic.stop();
  await api.close();
  expect(await counted(token)).toBe(accepted);
});

test('a verifier that is killed loses what it had not reported, and counts nothing twice', async () => {
  const token = await makeToken();
  const api = await startApi('killed-verifier', token);
  const traffic = startTraffic(api, token);
  await traffic.more(50);
  const reported = await countedAtLeast(token, 50);
  await traffic.more(50);
  const before = await counted(token);
  await api.kill();
  const accepted = await traffic.stop();
  await api.restart();
  await api.close();
  const total = await counted(token);
  expect(total).toBeGreaterThanOrEqual(Math.max(reported, before));
  // A request may be counted whose answer the kill cut off.
  expect(total).toBeLessThanOrEqual(accepted + CALLERS);
});

test('what waits in the folder of a verifier outlives its kill, and the death of the server', async () => {
  const token = await makeToken();
  const folder = await makeFolder();
  const api = await startApi('kept', token, folder);
  await latchkey.kill();
  const traffic = startTraffic(api, token);
  await traffic.more(100);
  const accepted = await traffic.stop();
  await until('the requests to be on disk', async () =>
    (await countedIn(folder)) === accepted ? true : undefined,
  );
  await api.kill();
  await latchkey.start();
  await api.restart();
  expect(await countedAtLeast(token, accepted)).toBe(accepted);
  await api.close();
  expect(await counted(token)).toBe(accepted);
  expect(await countedIn(folder)).toBe(0);
});

/** What the batches in a folder count. */
async function countedIn(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!entry.endsWith('.batch')) continue;
    const text = await readFile(join(folder, entry), 'utf8').catch(() => '{"counters":[]}');
    for (const row of listOf(field(JSON.parse(text), 'counters'))) sum += Number(listOf(row)[5]);
  }
  return sum;
}

test('the last use and the last refusal of a token are told apart, with origin and client, within a minute', async () => {
  const token = await makeToken({ allowedUrls: ['https://shop.example'] });
  const api = await startApi('last-used', token);
  const ask = (origin: string) =>
    fetch(`${api.url}/`, {
      headers: { authorization: `Bearer ${token.text}`, origin, 'user-agent': 'probe/1.0' },
    });
  const start = Date.now();
  expect((await ask('https://shop.example')).status).toBe(200);
  const refused = await ask('https://evil.example');
  expect(refused.status).toBe(403);
  const requestId = textField(await refused.json(), 'requestId');
  const shown = await until('the use to be shown', async () => {
    const { body } = await call(`${latchkey.url}/v1/tokens/${token.id}`, { token: acme.token });
    return Object.hasOwn(Object(body), 'lastUsed') ? body : undefined;
  });
  const end = Date.now();
  expect(shown).toMatchObject({
    lastUsed: { service: 'default', origin: 'shop.example', client: 'probe' },
    lastRefused: { origin: 'evil.example', client: 'probe', reason: 'url_not_allowed' },
  });
  const at = Date.parse(textField(field(shown, 'lastUsed'), 'at'));
  // By the server's clock, from which what the report took on its way is not known.
  expect(at).toBeGreaterThanOrEqual(start);
  expect(at).toBeLessThanOrEqual(end);
  const { body } = await call(`${latchkey.url}/v1/explain`, {
    method: 'POST',
    token: acme.token,
    body: { requestId },
  });
  expect(body).toMatchObject({ allowed: false, reason: 'url_not_allowed', token: { id: token.id } });
  const sdk = createClient({ accessToken: acme.token, origin: latchkey.url });
  const statistics = sdk.createRequest({
    method: 'GET',
    path: '/statistics/v1',
    query: { token_id: token.id },
  });
  expect((await statistics.send()).body).toMatchObject({
    data: {
      token_id: token.id,
      products: {
        default: {
          daily: [{ usage: 1 }],
          dimensions: {
            browsers: [{ name: 'probe', usage: 1 }],
            hosts: [{ name: 'shop.example', usage: 1 }],
          },
        },
      },
    },
  });
  expect(listOf(field(body, 'trace'))).toContainEqual(
    expect.objectContaining({ check: 'url', outcome: 'failed' }),
  );
  await api.close();
});
