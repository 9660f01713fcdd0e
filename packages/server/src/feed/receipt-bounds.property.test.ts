import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoundedToken, StalenessBounds } from '@latchkey/wire/feed';
import { boundSecondsOf } from '@latchkey/wire/feed';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { scopesOf, tokenId } from '../store/testing/sample-rows.ts';
import { receiptOf } from './receipt.ts';
import { createVerifierRegistry, type SeenVerifier, type VerifierRegistry } from './verifier-registry.ts';

let folder: string;
let store: Store;
let now = 1_000_000;
let registry: VerifierRegistry;
let lives = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-bounds-'));
  store = await openSqliteStore({ folder, now: () => now });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const seconds = fc.integer({ min: 1, max: 300 });
const boundsArbitrary: fc.Arbitrary<StalenessBounds> = fc
  .record({
    secret: seconds,
    temporary: seconds,
    public: seconds,
    scopes: fc.dictionary(fc.constantFrom('styles:write', 'fonts:read'), seconds, { noNullPrototype: true }),
  })
  .map(({ scopes, ...classes }) => (Object.keys(scopes).length === 0 ? classes : { ...classes, scopes }));

const stepArbitrary = fc.oneof(
  fc.record({ do: fc.constant('bounds' as const), bounds: boundsArbitrary }),
  fc.record({ do: fc.constant('connect' as const), isHeard: fc.boolean() }),
  fc.record({ do: fc.constant('ack' as const), isAnswered: fc.boolean() }),
  fc.record({ do: fc.constantFrom('save' as const, 'restart' as const, 'server' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
);
const historyArbitrary = fc.record({
  first: boundsArbitrary,
  steps: fc.array(stepArbitrary, { minLength: 3, maxLength: 25 }),
  token: fc.record({
    usage: fc.constantFrom('sk' as const, 'tk' as const, 'pk' as const),
    scopes: fc.subarray(scopesOf('styles:write', 'fonts:read')),
  }),
});

/** What a verifier goes by: in memory, or in its copy on disk. */
interface Held {
  readonly bounds: StalenessBounds;
  readonly completeAt: number;
}

const open = () => createVerifierRegistry({ store, now: () => now, log: { error() {} } });

/** Lives through the steps, and answers by how many milliseconds a receipt says less than the verifier does. */
async function understatement(
  { first, steps, token }: { first: StalenessBounds; steps: readonly Step[]; token: BoundedToken },
  seenAs: (verifier: SeenVerifier) => SeenVerifier,
): Promise<number> {
  const id = `verifier-${lives++}`;
  registry = open();
  let bounds = first;
  let heard: Held | undefined;
  let disk: Held | undefined;
  let connection: { readonly id: string; readonly bounds: StalenessBounds; isHeard: boolean } | undefined;
  for (const step of steps) {
    now += 10;
    if (step.do === 'wait') now += step.ms;
    else if (step.do === 'bounds') bounds = step.bounds;
    else if (step.do === 'connect') {
      connection = { id: `${lives}-${now}`, bounds, isHeard: step.isHeard };
      await registry.connected(
        { id, token: tokenId(1), name: null, version: null, staleness: bounds, process: null },
        { id: connection.id, epoch: 'e', from: -1 },
      );
      if (step.isHeard && heard !== undefined) heard = { ...heard, bounds };
    } else if (step.do === 'ack' && connection?.isHeard) {
      const sentAt = now;
      now += 5;
      await registry.acknowledged(id, { epoch: 'e', applied: undefined, rejected: [] });
      if (step.isAnswered) heard = { bounds: connection.bounds, completeAt: sentAt };
    } else if (step.do === 'save') disk = heard;
    else if (step.do === 'restart') {
      heard = disk;
      if (connection !== undefined) registry.disconnected(id, connection.id);
      connection = undefined;
    } else if (step.do === 'server') {
      await registry.close();
      registry = open();
      connection = undefined;
    }
  }
  if (connection !== undefined) registry.disconnected(id, connection.id);
  const servesUntil = Math.max(
    ...[heard, disk].map((held) =>
      held === undefined ? 0 : held.completeAt + boundSecondsOf(token, held.bounds) * 1000,
    ),
  );
  const seen = (await registry.all()).filter((one) => one.id === id).map(seenAs);
  await registry.close();
  const { verifiers } = receiptOf({ revision: 1, at: 0, tokens: [token] }, seen, { epoch: 'e', now });
  const [told] = verifiers;
  if (told === undefined) return servesUntil;
  if (!('servesUntil' in told)) throw new Error('the verifier is cut off, and the receipt does not say so');
  return servesUntil - told.servesUntil;
}

type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

test('a receipt never says less than a cut-off verifier does, whatever bounds it was told and whatever it heard of them', async () => {
  await fc.assert(
    fc.asyncProperty(historyArbitrary, async (history) => {
      expect(await understatement(history, (seen) => seen)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});

test('the same histories find receipts that forget the bounds told before: the mutant', async () => {
  const checked = await fc.check(
    fc.asyncProperty(
      historyArbitrary,
      async (history) => (await understatement(history, (seen) => ({ ...seen, former: null }))) <= 0,
    ),
    { numRuns: 500 },
  );
  expect(checked.failed).toBe(true);
});
