import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { checkConfig } from '../packages/server/src/config/check-config.ts';
import { openBrowser } from '../packages/server/src/http/testing/browser.ts';
import { initInstallation, startServer } from '../packages/server/src/start-server.ts';
import { type Interval, intervalOf } from './load/interval.ts';

// Whether the time of an answer tells if an address is somebody's: wrong passwords for people there are, for as many others (the control),
// and for addresses that nobody has, one after the other in an order that chance makes anew each round, over HTTP.
// Run: node --conditions=latchkey-source bench/sign-in.ts [rounds]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 40));
const TRIES = 6;
const PEOPLE = 12;
const QUARTER_MS = 15 * 60_000;
const GROUPS = ['somebody', 'somebody else', 'nobody'] as const;
type Group = (typeof GROUPS)[number];

const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
const checked = checkConfig({
  yaml: '',
  name: 'bench',
  environment: { LATCHKEY_PORT: '0', LATCHKEY_DATA_DIR: folder, LATCHKEY_RATE_LIMIT_PER_MINUTE: '0' },
});
if (!checked.ok) throw new TypeError('the configuration is wrong');
await initInstallation(checked.config);
// Time passes by a quarter of an hour a try, so that none has to wait for the one before.
let now = Date.now();
const silent = { info() {}, warn() {}, error() {} };
const server = await startServer(checked.config, { now: () => now, log: silent });

try {
  const emailOf = (group: Group, index: number) => `${group.replaceAll(' ', '-')}-${index}@example.com`;
  for (const group of ['somebody', 'somebody else'] as const) {
    for (let index = 0; index < PEOPLE; index++) {
      const password = `quiet lanterns ${index} in a tram`;
      await server.addPerson({ email: emailOf(group, index), name: 'Person', password, memberships: [] });
    }
  }
  const browser = openBrowser(server.url);
  let tries = 0;
  async function timeOf(group: Group): Promise<number> {
    tries += 1;
    now += QUARTER_MS;
    const body = {
      email: emailOf(group, Math.floor(tries / GROUPS.length) % PEOPLE),
      password: 'violet harbour 27',
    };
    const from = performance.now();
    const { json } = await browser.call('POST', '/v1/session', body);
    const took = performance.now() - from;
    if (json.code !== 'sign_in_refused') throw new Error(`answered ${String(json.code)}`);
    return took;
  }
  const rounds: Record<Group, number>[] = [];
  for (let round = -2; round < ROUNDS; round++) {
    const sums = { somebody: 0, 'somebody else': 0, nobody: 0 };
    for (let turn = 0; turn < TRIES; turn++) {
      const order = GROUPS.map((group) => ({ group, at: Math.random() })).sort((a, b) => a.at - b.at);
      for (const { group } of order) sums[group] += await timeOf(group);
    }
    // The first two warm up.
    if (round >= 0) rounds.push(sums);
  }
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} cores, ${ROUNDS} rounds of ${TRIES} tries each`,
  );
  const told = ({ median, low, high }: Interval) =>
    `${median.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
  const ms = intervalOf(rounds.map(({ somebody }) => somebody / TRIES));
  console.log(
    `a wrong password for somebody: ${ms.median.toFixed(1)} ms (${ms.low.toFixed(1)} to ${ms.high.toFixed(1)})`,
  );
  for (const group of ['nobody', 'somebody else'] as const) {
    const ratio = intervalOf(rounds.map((sums) => sums[group] / sums.somebody));
    console.log(`${group}, times somebody: ${told(ratio)}`);
  }
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
