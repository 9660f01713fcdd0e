import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../packages/verifier/src/clock.ts';
import { call } from './testing/call.ts';
import { revisionOf } from './testing/guarded-api.ts';
import { type LocalVerifier, makeVerifierToken, startLocalVerifier } from './testing/local-verifier.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

const VERIFIERS = 200;
const TOKENS = 300;
/** In so many milliseconds all of them are in sync, or the wait is in vain. */
const SYNC_LIMIT_MS = 30_000;
/** Full jitter: the first wait is anything up to this. */
const FIRST_SPREAD_MS = 250;
const SNAPSHOT_READ = 'a snapshot was read from the store';

let latchkey: Latchkey;
let acme: TestAccount;
let token: string;
let verifiers: LocalVerifier[] = [];

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  await Promise.all(Array.from({ length: TOKENS }, () => create()));
  token = await makeVerifierToken(latchkey);
});
afterEach(async () => {
  await Promise.all(verifiers.map((one) => one.close()));
  verifiers = [];
});
afterAll(() => latchkey?.stop());

const create = () =>
  call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'] },
  });

const count = (text: string) => latchkey.log().split(text).length - 1;

async function inSync(): Promise<void> {
  const revision = revisionOf((await create()).headers);
  await until(
    'all verifiers to be in sync',
    () =>
      verifiers.every((one) => one.hasApplied(revision) && one.verifier.status().current) ? true : undefined,
    SYNC_LIMIT_MS,
  );
}

/** How long each verifier waited before it came back, the first time. */
interface Waits {
  isWatching: boolean;
  readonly first: number[];
}

async function start(count: number, waits: Waits, random = Math.random): Promise<void> {
  verifiers = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      let hasWaited = false;
      const after: typeof systemClock.after = (delayMs, work) => {
        // Everything else that a verifier waits for is a whole number of seconds.
        if (waits.isWatching && !hasWaited && delayMs % 1000 !== 0) {
          hasWaited = true;
          waits.first.push(delayMs);
        }
        return systemClock.after(delayMs, work);
      };
      const clock = { ...systemClock, after };
      return startLocalVerifier({ url: latchkey.url, token, name: `verifier-${n}`, random, clock });
    }),
  );
  await inSync();
}

async function restartServer(waits: Waits): Promise<void> {
  waits.isWatching = true;
  await latchkey.terminate();
  await latchkey.start();
  await inSync();
}

/** How many waits lie in each quarter of the time over which the first try is spread. */
function quarters({ first }: Waits): readonly number[] {
  const counts = [0, 0, 0, 0];
  for (const wait of first) {
    const quarter = Math.min(3, Math.floor(((wait % 1000) / FIRST_SPREAD_MS) * 4));
    counts[quarter] = (counts[quarter] ?? 0) + 1;
  }
  return counts;
}

test(`${VERIFIERS} verifiers that start together are in sync within 30 s of one reading of the database; after a restart of the server they come back spread, and read nothing`, async () => {
  const before = count(SNAPSHOT_READ);
  const waits: Waits = { isWatching: false, first: [] };
  await start(VERIFIERS, waits);
  expect(count(SNAPSHOT_READ) - before).toBe(1);
  await restartServer(waits);
  expect(waits.first).toHaveLength(VERIFIERS);
  expect(Math.min(...quarters(waits))).toBeGreaterThan(VERIFIERS / 20);
  expect(count(SNAPSHOT_READ) - before).toBe(1);
}, 120_000);

test('the same look finds verifiers that all come back at the same moment: the mutant', async () => {
  const waits: Waits = { isWatching: false, first: [] };
  await start(20, waits, () => 0.5);
  await restartServer(waits);
  expect(waits.first).toHaveLength(20);
  expect(Math.min(...quarters(waits))).toBe(0);
});
