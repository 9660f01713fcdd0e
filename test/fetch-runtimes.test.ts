import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import vectors from '../conformance/decisions.json' with { type: 'json' };
import { sendRaw } from '../packages/verifier/src/middleware/testing/raw-http.ts';
import { call } from './testing/call.ts';
import { type FetchRuntime, findFetchRuntimes } from './testing/fetch-runtimes.ts';
import { type Program, startProgram } from './testing/program.ts';
import { until } from './testing/until.ts';
import { startVectorFeed, type VectorFeed } from './testing/vector-feed.ts';

// The published verifier and its fetch middleware on Bun and Deno, by the vectors of the decision, over real sockets.

const API = fileURLToPath(new URL('./testing/fetch-runtime-api.mjs', import.meta.url));
const NOON = Date.parse('2026-11-23T12:00:00Z');

const records = [
  ...vectors.suspendedAccounts.map((account) => ({
    kind: 'account',
    account,
    status: 'suspended',
    revision: 0,
  })),
  ...vectors.tokens.map(({ record }) => record),
];

const runtimes = findFetchRuntimes();
for (const runtime of runtimes) describe(`on ${runtime.name}`, () => onRuntime(runtime));
if (runtimes.length === 0)
  test('the gaps of missing runtimes are written down', () => expect(runtimes).toEqual([]));

function onRuntime({ command, args }: FetchRuntime): void {
  let feed: VectorFeed;
  let api: Program;
  let port = 0;

  beforeAll(async () => {
    feed = await startVectorFeed(records);
    api = startProgram(command, [...args, API], {
      env: { LATCHKEY_URL: feed.url, LATCHKEY_TOKEN: 'sk.test', NOW: String(NOON) },
    });
    port = await until('the API to print its port', () => {
      if (api.ended() !== undefined) throw new Error(`the API ended:\n${api.output()}`);
      return api.stdout().includes('\n') ? Number(api.stdout()) : undefined;
    });
  });
  afterAll(async () => {
    await api?.end('SIGKILL');
    feed?.close();
  });

  async function send(request: (typeof vectors.decisions)[number]['request'], policy: object) {
    const options = { ...policy, publicOrigin: vectors.publicOrigin, trustedProxies: ['127.0.0.1'] };
    await call(`http://127.0.0.1:${port}/-/options`, { method: 'PUT', body: options });
    const { peer, headers, ...rest } = request;
    return sendRaw(port, { ...rest, headers: [...headers, ['X-Forwarded-For', peer]] });
  }

  test.each(vectors.decisions)('$name', async ({ request, policy, expect: expected }) => {
    const answer = await send(request, policy);
    if (expected.allow) {
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({
        tokenId: expected.id,
        exposedInUrl: expected.exposedInUrl,
      });
      return;
    }
    expect({ status: answer.status, body: JSON.parse(answer.body) }).toMatchObject({
      status: expected.status,
      body: { message: expected.message, requestId: 'request-1' },
    });
    expect(answer.headers.get('www-authenticate') ?? null).toBe(expected.wwwAuthenticate);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test.each(vectors.preflights)('preflight: $name', async ({ request, preflight }) => {
    const answer = await send(request, { requires: ['styles:read'] });
    expect(answer.status === 200).toBe(preflight);
  });
}
