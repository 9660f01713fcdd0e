import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../packages/server/src/store/sqlite/open-sqlite-store.ts';
import {
  accountName,
  accountRow,
  put,
  storeAccount,
  tokenId,
  tokenRow,
} from '../packages/server/src/store/testing/sample-rows.ts';
import { type Interval, intervalOf } from './load/interval.ts';
import { singleChanges } from './load/single-changes.ts';

// How many changes of tokens a second the store takes from 1, 16 and 128 callers at once, each waiting for its own commit
// before it asks for the next, beside a writer that gives every change a transaction of its own. A change reads its
// account and the caller's token and writes token, change and audit row; all is on disk before a caller goes on.
// Run: node --conditions=latchkey-source bench/changes.ts [rounds]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 10));
const ROUND_MS = 1000;
const CALLERS = [1, 16, 128];
const TARGET = { callers: 128, perSecond: 10_000 };

const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
const store = await openSqliteStore({ folder, now: () => Date.now() });
const single = singleChanges(join(folder, 'single.db'));
const account = accountName('acme');
const caller = tokenRow(tokenId(0), account);
let made = 0;

async function grouped(callers: number): Promise<{ perSecond: number; p99Ms: number }> {
  const waits: number[] = [];
  const started = performance.now();
  const until = started + ROUND_MS;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let asked = performance.now(); asked < until; ) {
        made += 1;
        const row = tokenRow(tokenId(made), account);
        await store.change(async (changes) => {
          await changes.account(account);
          await changes.token(caller.id);
          put(changes, row);
        });
        const answered = performance.now();
        waits.push(answered - asked);
        asked = answered;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  waits.sort((a, b) => a - b);
  return {
    perSecond: waits.length / seconds,
    p99Ms: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN,
  };
}

function oneByOne(): number {
  const started = performance.now();
  let count = 0;
  for (; performance.now() - started < ROUND_MS; count += 1) {
    made += 1;
    single.write(made);
  }
  return count / ((performance.now() - started) / 1000);
}

const alone: number[] = [];
const rates = new Map(CALLERS.map((callers) => [callers, [] as number[]]));
const waits = new Map(CALLERS.map((callers) => [callers, [] as number[]]));
try {
  await storeAccount(store, accountRow(account));
  await store.change(async (changes) => put(changes, caller));
  for (let round = 0; round <= ROUNDS; round += 1) {
    const keep = round > 0; // The first round warms everything up.
    const bare = oneByOne();
    if (keep) alone.push(bare);
    for (const callers of CALLERS) {
      const { perSecond, p99Ms } = await grouped(callers);
      if (keep) rates.get(callers)?.push(perSecond);
      if (keep) waits.get(callers)?.push(p99Ms);
    }
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
  }
} finally {
  await store.close();
  single.close();
  await rm(folder, { recursive: true, force: true });
}

const shown = ({ median, low, high }: Interval, digits = 0) =>
  `${median.toFixed(digits).padStart(8)}  ${`${low.toFixed(digits)} to ${high.toFixed(digits)}`.padStart(18)}`;
console.log(`Changes, ${ROUNDS} interleaved rounds of ${ROUND_MS} ms, Node ${process.version}`);
console.log(`median and its 95 % interval; ${made} tokens made\n`);
console.log(`one transaction each              ${shown(intervalOf(alone))}   a second`);
for (const callers of CALLERS) {
  const perSecond = rates.get(callers) ?? [];
  const name = `${callers} ${callers === 1 ? 'caller' : 'callers'}`.padEnd(12);
  const ratio = intervalOf(perSecond.map((rate, round) => rate / (alone[round] ?? Number.NaN)));
  console.log(`${name}                      ${shown(intervalOf(perSecond))}   a second`);
  console.log(`${name} beside one each      ${shown(ratio, 2)}`);
  console.log(`${name} p99                  ${shown(intervalOf(waits.get(callers) ?? []), 1)}   ms`);
}
const reached = intervalOf(rates.get(TARGET.callers) ?? []).median;
const met = reached >= TARGET.perSecond;
console.log(`\n${TARGET.callers} callers, target ${TARGET.perSecond} a second: ${met ? 'met' : 'missed'}`);
if (!met) process.exitCode = 1;
