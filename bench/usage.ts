import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckRequest, Decision, Policy, TokenSource } from '@latchkey/core';
import { checkRequest, createUsageTally, defaultCatalogue, type TokenRecord } from '@latchkey/core';
import { formatUsageBatch, parseUsageBatch } from '@latchkey/wire/feed';
import { openSqliteStore } from '../packages/server/src/store/sqlite/open-sqlite-store.ts';
import {
  accountName,
  accountRow,
  storeAccount,
  storeTokens,
  tokenId,
  tokenRow,
} from '../packages/server/src/store/testing/sample-rows.ts';
import { takeBatch } from '../packages/server/src/usage/take-batch.ts';
import { digestText } from '../packages/verifier/src/digest.ts';
import { tokenIdentity } from '../packages/verifier/src/usage/token-identity.ts';
import { type Interval, intervalOf } from './load/interval.ts';
import { makePopulation, originOf } from './load/token-population.ts';

// What counting adds to a decision, and how many rows a second a server takes in. Decisions run with and without counting, round by
// round; each round meets 10,000 different tokens with strings that were just read, as the decision's own benchmark does, but in
// another order than they stand in the replica: what stands side by side there, and in the counters, is not asked for side by side.
// Run: node --expose-gc --conditions=latchkey-source bench/usage.ts [rounds] [tally]; with "tally" the server is left out.

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 20));
const TOKENS = 10_000;
const BATCH = 500;
const BATCHES = TOKENS / BATCH;
const PASSES = 4;
const WARM_UP_ROUNDS = 2;
const TARGET = 0.1;
const ROWS_TARGET = 10_000;
const AGENTS = Array.from(
  { length: 50 },
  (_, n) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${90 + n}.0.${n * 37}.0 Safari/537.36`,
);

const [, wanted] = defaultCatalogue.scopes;
if (wanted === undefined) throw new Error('the catalogue is empty');
const policy: Policy = { requires: [wanted.id], secretInQuery: 'flag', publicOrigin: undefined };
const population = makePopulation(TOKENS, 0, [wanted.id]);
const source: TokenSource = {
  find: (text) => population.find(digestText(text)),
  isCurrent: () => true,
  isStaleFor: () => false,
};
const order = shuffled(TOKENS);
const tally = createUsageTally<TokenRecord>(tokenIdentity);
const now = Math.floor(Date.now() / 60_000) * 60_000 + 1000;

/** Both keep the decision, as whoever answers by it does: one that nobody looks at would hardly be made. */
const kept: Decision[] = new Array(64);
let keeping = 0;
const contenders = {
  'decide alone'(decision: Decision): void {
    kept[keeping++ & 63] = decision;
  },
  'decide and count'(decision: Decision, request: CheckRequest): void {
    kept[keeping++ & 63] = decision;
    tally.add(decision, request, policy, now);
  },
};
type Name = keyof typeof contenders;
const names: readonly Name[] = ['decide alone', 'decide and count'];

const shapes = {
  'each token from one place': (place: number) => [originOf(place), AGENTS[place % AGENTS.length] ?? ''],
  'each token from three places': (place: number, pass: number) => [
    originOf(place + pass),
    AGENTS[(place + pass) % AGENTS.length] ?? '',
  ],
} as const;

for (const [shape, seenAt] of Object.entries(shapes)) {
  const rounds = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const batches = new Map<Name, number[]>(names.map((name) => [name, []]));
    for (let batch = 0; batch < PASSES * BATCHES; batch += 1) {
      const pass = Math.floor(batch / BATCHES) % 3;
      // Both meet the same batch, one after the other, in turn.
      for (const name of batch % 2 === 0 ? names : [...names].reverse()) {
        const count = contenders[name];
        const requests = requestsOf(batch % BATCHES, (place) => seenAt(place, pass));
        const start = process.hrtime.bigint();
        for (const request of requests) count(checkRequest(request, policy, source, now), request);
        batches.get(name)?.push(Number(process.hrtime.bigint() - start) / BATCH);
      }
    }
    // As the verifier does each second, and each ten.
    tally.nameClients((text) => (text.includes('Chrome') ? 'Chrome' : 'other'), 50);
    if (round % 5 === 4) tally.take();
    if (round < 0) continue;
    for (const name of names) rounds.get(name)?.push(intervalOf(batches.get(name) ?? []).median);
  }
  const alone = rounds.get('decide alone') ?? [];
  const counted = rounds.get('decide and count') ?? [];
  const share = intervalOf(counted.map((each, round) => each / (alone[round] ?? Number.NaN) - 1));
  console.log(`\n${shape}: ${ROUNDS} interleaved rounds, ${TOKENS} tokens, ns and 95 % interval`);
  for (const name of names) console.log(`${name.padEnd(20)}${tell(intervalOf(rounds.get(name) ?? []))}`);
  console.log(
    `counting takes ${percent(share.median)} (${percent(share.low)} to ${percent(share.high)}) of a decision; target ${percent(TARGET)}: ${share.median <= TARGET ? 'met' : 'missed'}`,
  );
}

console.log(
  `\nbytes that counting allocates where the same was counted before: ${allocated().toFixed(2)} a request`,
);
if (process.argv[3] !== 'tally') await measureIntake();

function requestsOf(batch: number, seenAt: (place: number) => readonly string[]): readonly CheckRequest[] {
  return order.slice(batch * BATCH, (batch + 1) * BATCH).map((place) => {
    const text = population.texts[place] ?? '';
    const [origin = '', agent = ''] = seenAt(place);
    return {
      method: 'GET',
      path: '/styles/v1/acme/streets',
      authorization: fresh(`Bearer ${text}`),
      queryToken: undefined,
      origin: fresh(origin),
      referer: undefined,
      secFetchSite: undefined,
      preflightMethod: undefined,
      iosBundleIdentifier: undefined,
      androidPackage: undefined,
      userAgent: fresh(agent),
      address: '203.0.113.7',
    };
  });
}

/** The numbers below `count` in an order that looks random, and is the same in each run. */
function shuffled(count: number): readonly number[] {
  const numbers = Array.from({ length: count }, (_, n) => n);
  let random = 7;
  for (let n = count - 1; n > 0; n -= 1) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const other = (random >>> 8) % (n + 1);
    [numbers[n], numbers[other]] = [numbers[other] ?? 0, numbers[n] ?? 0];
  }
  return numbers;
}

/** A string that shares nothing with others, as one that was just read from a socket. */
function fresh(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Bytes on the heap for each request that was counted, with decisions and requests that are there already. */
function allocated(): number {
  const requests = requestsOf(0, (place) => shapes['each token from one place'](place));
  const decisions = requests.map((request) => checkRequest(request, policy, source, now));
  const add = () => {
    for (let n = 0; n < BATCH; n++) {
      const [decision, request] = [decisions[n], requests[n]];
      if (decision !== undefined && request !== undefined) tally.add(decision, request, policy, now);
    }
  };
  for (let time = 0; time < 200; time++) add();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let time = 0; time < 20; time++) add();
  return (process.memoryUsage().heapUsed - before) / (20 * BATCH);
}

async function measureIntake(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const store = await openSqliteStore({ folder, now: Date.now });
  try {
    const acme = accountName('acme');
    await storeAccount(store, accountRow(acme));
    for (let from = 0; from < TOKENS; from += 500) {
      await storeTokens(store, ...Array.from({ length: 500 }, (_, n) => tokenRow(tokenId(from + n), acme)));
    }
    const rates: number[] = [];
    const longest: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const bodies = Array.from({ length: 5 }, (_, part) => bodyOf(round, part));
      const start = process.hrtime.bigint();
      for (const body of bodies) {
        const before = process.hrtime.bigint();
        const parsed = parseUsageBatch(body);
        if (!parsed.ok) throw new Error(`the batch has a wrong ${parsed.field}`);
        await takeBatch(
          { store, now: Date.now, addresses: false },
          { batch: parsed.batch, token: tokenId(1), sentAt: Date.now() },
        );
        longest.push(Number(process.hrtime.bigint() - before) / 1e6);
      }
      rates.push(10_000 / (Number(process.hrtime.bigint() - start) / 1e9));
    }
    const rate = intervalOf(rates);
    const each = intervalOf(longest);
    console.log(
      `\nintake on SQLite, ${ROUNDS} rounds of 5 batches of 2,000 counters and as many users, of ${TOKENS} tokens, a new minute each:\n` +
        `${Math.round(rate.median).toLocaleString('en')} counter rows a second (${Math.round(rate.low).toLocaleString('en')} to ${Math.round(rate.high).toLocaleString('en')}), ` +
        `${each.median.toFixed(0)} ms a batch; target ${ROWS_TARGET.toLocaleString('en')}: ${rate.median >= ROWS_TARGET ? 'met' : 'missed'}`,
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

function bodyOf(round: number, part: number): string {
  const minute = Math.floor(Date.now() / 60_000) * 60_000 - (ROUNDS - round) * 60_000;
  const rows = Array.from({ length: 2000 }, (_, n) => ({
    token: tokenId(part * 2000 + n),
    service: 'maps',
    outcome: 'allowed' as const,
    count: 3,
  }));
  return formatUsageBatch({
    reporter: 'bench',
    sequence: round * 5 + part + 1,
    until: null,
    isLast: false,
    exposures: [],
    counters: rows.map((row) => ({ ...row, minute, scope: 'styles:read' })),
    sources: rows.map((row) => ({
      ...row,
      origin: 'shop.example',
      client: 'Chrome',
      address: '',
      lastAt: minute,
    })),
    refusals: [],
  });
}

function tell({ median, low, high }: Interval): string {
  return `${median.toFixed(0).padStart(6)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
