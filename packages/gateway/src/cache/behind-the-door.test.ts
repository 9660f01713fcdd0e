import { type CheckRequest, NO_RESTRICTIONS, parseTokenId, type TokenRecord } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRaw } from '../../../verifier/src/middleware/testing/raw-http.ts';
import { answerOutward } from '../outward/answer-outward.ts';
import { type RunningProxy, startApi, startProxy } from '../testing/reverse-proxy-before.ts';
import { createResponseCache } from './response-cache.ts';

// The door, the cache and the way to an API as a gateway joins them, over real connections.

const NAMES = ['one', 'two', 'three'] as const;
type Name = (typeof NAMES)[number];

/** Tokens are known by what stands in their text, and work until they are revoked. */
const revoked = new Set<string>();
const verifier: Pick<Verifier, 'verify'> = {
  verify(request) {
    const name = nameIn(request);
    if (name === undefined || revoked.has(name)) {
      return { allow: false, reason: 'revoked', detail: undefined, scope: undefined, token: undefined };
    }
    return { allow: true, token: recordOf(name), exposedInUrl: false };
  },
};

function nameIn({ queryToken, authorization }: CheckRequest): Name | undefined {
  return NAMES.find((known) => String(queryToken ?? authorization).includes(known));
}

function recordOf(name: Name): TokenRecord {
  const id = parseTokenId(`c${name.padEnd(24, '0')}`);
  if (id === undefined) throw new Error(`no id: ${name}`);
  return {
    id,
    account: { name: name as TokenRecord['account']['name'], suspended: false },
    usage: 'pk',
    revoked: false,
    bad: undefined,
    scopes: [],
    restrictions: NO_RESTRICTIONS,
    expires: Number.POSITIVE_INFINITY,
    revision: 1,
  };
}

let api: RunningProxy;
let proxy: RunningProxy;
let unguarded: RunningProxy;
/** What the API has said of each answer that it made, by its body. */
const made = new Map<
  string,
  { readonly account: string | undefined; readonly control: string; readonly vary: string }
>();

beforeAll(async () => {
  api = await startApi((request, response) => {
    const query = new URL(request.url ?? '', 'http://api').searchParams;
    const [control, vary] = [query.get('cc') ?? '', query.get('vary') ?? ''];
    const body = `answer ${made.size}`;
    made.set(body, { account: request.headers['latchkey-account']?.toString(), control, vary });
    if (control !== '') response.setHeader('Cache-Control', control);
    if (vary !== '') response.setHeader('Vary', vary);
    response.end(body);
  });
  const start = (judge: Pick<Verifier, 'verify'>) => {
    const upstream = `http://127.0.0.1:${api.port}`;
    return startProxy(judge, { requires: [], upstream }, (forward) => {
      const limits = { limitBytes: 1_000_000, bodyLimitBytes: 10_000, collapseWaitMs: 1_000 };
      const cache = createResponseCache(forward, { ...limits, unkeyedHeaders: [] });
      return answerOutward(cache.forward, { shared: false, browserSeconds: 0 });
    });
  };
  proxy = await start(verifier);
  // As if stored answers were looked for before the token was judged.
  const served = new Set<string>();
  unguarded = await start({
    verify(request, policy) {
      const decision = verifier.verify(request, policy);
      if (decision.allow) served.add(request.path);
      const name = nameIn(request);
      if (name === undefined || !served.has(request.path)) return decision;
      return { allow: true, token: recordOf(name), exposedInUrl: false };
    },
  });
});
afterAll(async () => {
  await proxy?.close();
  await unguarded?.close();
  await api?.close();
});

const step = fc.record({
  token: fc.constantFrom(...NAMES),
  does: fc.constantFrom('asks', 'asks', 'asks', 'is revoked'),
  path: fc.constantFrom('/a', '/b'),
  query: fc.constantFrom(
    'cc=public,max-age=60',
    'cc=max-age=60',
    'cc=s-maxage=60&vary=Latchkey-Account',
    'cc=private,max-age=60',
  ),
  inQuery: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What went wrong in a history; undefined: nothing. Each history has paths of its own. */
async function wrongIn(
  steps: readonly Step[],
  through: RunningProxy,
  history: number,
): Promise<string | undefined> {
  revoked.clear();
  for (const { token, does, path, query, inQuery } of steps) {
    if (does === 'is revoked') {
      revoked.add(token);
      continue;
    }
    const target = `${path}${history}?${query}${inQuery ? `&access_token=pk.${token}.x` : ''}`;
    const headers = inQuery ? [] : [['Authorization', `Bearer pk.${token}.x`]];
    const answer = await sendRaw(through.port, { method: 'GET', target, headers });
    if (revoked.has(token)) {
      if (answer.status !== 401) return `${token} is revoked and got ${answer.body}`;
      continue;
    }
    const told = made.get(answer.body);
    if (answer.status !== 200 || told === undefined) return `${token} got ${answer.status} ${answer.body}`;
    const isShared = /public|s-maxage/.test(told.control) && told.vary === '';
    if (told.account !== token && !isShared) return `${token} got what was made for ${told.account}`;
    if (answer.headers.get('cache-control') !== 'private, no-cache') return 'another cache may keep it';
  }
  return undefined;
}

const histories = fc.array(step, { minLength: 1, maxLength: 12 });
const RUNS = { numRuns: 150, seed: 8 };

test('in no history is a stored answer given to a revoked token, or one made for another token', async () => {
  let history = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      expect(await wrongIn(steps, proxy, history++)).toBeUndefined();
    }),
    RUNS,
  );
});

test('it would be, if stored answers were given before the token is judged', async () => {
  let found: string | undefined;
  let history = 1_000_000;
  for (const steps of fc.sample(histories, RUNS)) found ??= await wrongIn(steps, unguarded, history++);
  expect(found).toMatch(/is revoked and got answer/);
});
