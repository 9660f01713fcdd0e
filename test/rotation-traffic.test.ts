import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConfig, createLog, initInstallation, type RunningServer, startServer } from '@latchkey/server';
import { createVerifier, type Verifier } from '@latchkey/verifier';
import { latchkeyNode } from '@latchkey/verifier/middleware/node';
import { type Client, createClient } from '@latchkey/wire/client';
import type { Rotation } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './testing/until.ts';

const MINUTE_MS = 60_000;
/** Some reports of a verifier, which come every ten seconds, and some looks at the rotation. */
const LIMIT_MS = 120_000;

/** Time of everybody here; it runs as it does, and jumps where the test says so. */
let ahead = 0;
/** What a verifier does once in ten seconds or more, such as to report, it does so many times as often here. */
const OFTEN = 8;
const clock = {
  wall: () => Date.now() + ahead,
  monotonic: () => performance.now() + ahead,
  after(delayMs: number, work: () => void) {
    const timer = setTimeout(work, delayMs < 10_000 ? delayMs : delayMs / OFTEN);
    return () => clearTimeout(timer);
  },
};

interface Api {
  /** The status that a page of `origin` gets with this token. */
  ask(origin: string, token: string): Promise<number>;
  /** Cuts the verifier off from the server, or lets it back. */
  cutOff(isCutOff: boolean): void;
  readonly verifier: Verifier;
  close(): Promise<void>;
}

let folder: string;
let server: RunningServer;
let acme: Client['native'];
const apis: Api[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-rotation-'));
  const environment = { LATCHKEY_PORT: '0', LATCHKEY_DATA_DIR: folder, LATCHKEY_RATE_LIMIT_PER_MINUTE: '0' };
  const checked = checkConfig({ yaml: '', name: 'latchkey.yaml', environment });
  if (!checked.ok) throw new Error('the configuration of the test is wrong');
  const made = await initInstallation(checked.config);
  if (!made.ok) throw new Error(made.refusal.detail);
  server = await startServer(checked.config, { now: clock.wall, log: createLog({ level: 'silent' }) });
  const { url } = server;
  const operator = createClient({ url, token: made.value.text }).native;
  const { token } = await operator.accounts.create({ name: 'acme' });
  acme = createClient({ url, token: token.token }).native;
  for (const name of ['maps', 'tiles']) {
    const sync = await operator.tokens.create({ scopes: ['verifiers:sync'], note: name });
    apis.push(await startApi(url, name, sync.token ?? ''));
  }
});
afterAll(async () => {
  for (const api of apis) await api.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function startApi(url: string, name: string, token: string): Promise<Api> {
  let isCutOff = false;
  const verifier = createVerifier({
    url,
    token,
    name,
    clock,
    fetch: async (input, init) => {
      if (isCutOff) throw new TypeError('fetch failed');
      const response = await fetch(input, init);
      return cuttable(response, () => isCutOff);
    },
  });
  await verifier.ready();
  const guard = latchkeyNode(verifier, { requires: ['styles:read'] });
  const api: Server = createServer((request, response) => guard(request, response, () => response.end('{}')));
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  // A server that listens on a port has an address of this form.
  const { port } = api.address() as AddressInfo;
  return {
    verifier,
    async ask(origin, with_) {
      const answer = await fetch(`http://127.0.0.1:${port}/styles/v1/acme/streets?access_token=${with_}`, {
        headers: { origin: `https://${origin}`, 'user-agent': 'Mozilla/5.0 (X11; rv:140.0) Firefox/140.0' },
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    cutOff(now) {
      isCutOff = now;
    },
    async close() {
      await verifier.close();
      api.close();
      api.closeAllConnections();
    },
  };
}

/** The answer, whose stream breaks once the verifier is cut off. */
function cuttable(response: Response, isCutOff: () => boolean): Response {
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (isCutOff()) controller.error(new TypeError('terminated'));
      else controller.enqueue(chunk);
    },
  });
  return response.body === null ? response : new Response(response.body.pipeThrough(through), response);
}

/** Meanwhile time goes some ten times as fast. */
async function rotationThat(id: string, what: string, holds: (rotation: Rotation) => boolean) {
  return until(
    what,
    async () => {
      ahead += 250;
      const rotation = await acme.tokens.rotation(id);
      return holds(rotation) ? rotation : undefined;
    },
    LIMIT_MS,
  );
}

const waitsFor = (kind: string) => (rotation: Rotation) =>
  rotation.waitsFor?.some((wait) => wait.kind === kind) ?? false;

test('a token goes on while anybody uses it, or may use it unseen, and is retired once it is quiet; the straggler is named', async () => {
  const [maps, tiles] = apis;
  if (maps === undefined || tiles === undefined) throw new TypeError('two APIs are guarded');
  const old = await acme.tokens.create({ scopes: ['styles:read'], note: 'the map on our sites' });
  const text = old.token ?? '';
  const { successor } = await acme.tokens.rotate(old.id, { untilQuiet: '10m' });
  const next = successor.token ?? '';
  expect(await maps.ask('shop.example', text)).toBe(200);
  expect(await maps.ask('forgotten.example', text)).toBe(200);

  // The shop takes the new token; the other page was forgotten.
  ahead += 6 * MINUTE_MS;
  expect(await maps.ask('shop.example', next)).toBe(200);
  expect(await maps.ask('forgotten.example', text)).toBe(200);
  ahead += 6 * MINUTE_MS;
  const used = await rotationThat(old.id, 'the rotation to wait for the straggler', waitsFor('use'));
  expect(used.usedBy?.map(({ origin, client }) => [origin, client])).toEqual([
    ['forgotten.example', 'Firefox'],
    ['shop.example', 'Firefox'],
  ]);
  expect(await maps.ask('shop.example', next)).toBe(200);

  // It goes on at an API that cannot tell: nobody reports a use, and that proves nothing.
  tiles.cutOff(true);
  await until(
    'the verifier to notice',
    () => (tiles.verifier.status().connected ? undefined : true),
    LIMIT_MS,
  );
  ahead += 11 * MINUTE_MS;
  const blind = await rotationThat(
    old.id,
    'the rotation to wait for the one that is cut off',
    ({ waitsFor: all }) => (all ?? []).some((wait) => wait.kind === 'verifiers' && wait.count === 1),
  );
  expect(blind.lastUsed).toBe(used.lastUsed);
  expect(await acme.tokens.get(old.id)).toMatchObject({
    status: 'active',
    waitsFor: [{ kind: 'verifiers' }],
  });
  const unseen = clock.wall();
  expect(await tiles.ask('forgotten.example', text)).toBe(200);

  // Back, it tells, and the token is waited for anew.
  tiles.cutOff(false);
  const late = await rotationThat(old.id, 'the late report', waitsFor('use'));
  expect(Date.parse(late.lastUsed ?? '')).toBeGreaterThanOrEqual(unseen);
  ahead += 12 * MINUTE_MS;
  const ended = await rotationThat(
    old.id,
    'the old token to be retired',
    ({ retired }) => retired !== undefined,
  );
  expect(ended.usedBy?.map(({ origin }) => origin)).toContain('forgotten.example');
  for (const api of apis) {
    await until('the old token to be refused', async () =>
      (await api.ask('forgotten.example', text)) === 401 ? true : undefined,
    );
    expect(await api.ask('shop.example', next)).toBe(200);
  }
  const { items } = await acme.audit({ subject: old.id });
  const story = items.map(({ action }) => action).reverse();
  expect(story.filter((action) => action === 'rotation.postpone').length).toBeGreaterThanOrEqual(3);
  expect(story.filter((action) => action !== 'rotation.postpone')).toEqual([
    'token.create',
    'rotation.begin',
    'token.revoke',
    'rotation.end',
  ]);
}, 500_000);
