import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, textField } from '../test/testing/call.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startProgram } from '../test/testing/program.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import { until } from '../test/testing/until.ts';
import { bareCommitRate } from './load/bare-commits.ts';
import { type Interval, intervalOf } from './load/interval.ts';
import { requestBytes, runLoad } from './load/keep-alive-load.ts';

// How many creates, lists and validates a second a real server process answers, beside hono routes that do nothing and
// beside bare durable commits on the same disk. Everything runs in turn, round by round, so that noise meets all alike.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/tokens-api.ts [rounds] [connections]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 10));
const CONNECTIONS = Number(process.argv[3] ?? 64);
const ROUND_MS = 1000;
const TARGET = 0.5;
const BODY = {
  note: 'bench',
  scopes: ['styles:read', 'fonts:read'],
  allowedUrls: ['https://example.com', 'https://example.org'],
};

const work = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const host = '127.0.0.1';
const port = Number(new URL(latchkey.url).port);

const creator = await makeAccount(latchkey, 'creator');
const lister = await makeAccount(latchkey, 'lister');
const create = requestBytes('POST', '/tokens/v2/creator', creator.token, BODY);
const list = requestBytes('GET', '/tokens/v2/lister', lister.token);
const load = { host, port, connections: CONNECTIONS, durationMs: ROUND_MS, expectStatus: 200 };

const texts: string[] = [];
let created = '';
for (let round = 0; round < 10 && texts.length < 2000; round += 1) {
  await runLoad({
    ...load,
    request: () => create,
    onBody: (body) => {
      created = body;
      texts.push(textField(JSON.parse(body), 'token'));
    },
  });
}
for (let n = 0; n < 100; n += 1) {
  await call(`${latchkey.url}/tokens/v2/lister`, { method: 'POST', token: lister.token, body: BODY });
}
const validates = texts.map((text) => requestBytes('GET', `/tokens/v2?access_token=${text}`, undefined));
const validate = (index: number) => validates[index % validates.length] ?? list;

const answers = [
  JSON.parse(created),
  (await call(`${latchkey.url}/tokens/v2/lister`, { token: lister.token })).body,
  (await call(`${latchkey.url}/tokens/v2?access_token=${texts[0]}`)).body,
];
const bare = startProgram(process.execPath, [
  fileURLToPath(new URL('./load/bare-hono.ts', import.meta.url)),
  JSON.stringify(answers),
]);
const barePort = Number(
  await until('the bare server to print its port', () =>
    bare.stdout().includes('\n') ? bare.stdout().trim() : undefined,
  ),
);
const bareLoad = { ...load, port: barePort };

const rates = {
  create: [] as number[],
  list: [] as number[],
  validate: [] as number[],
  bareCreate: [] as number[],
  bareList: [] as number[],
  bareValidate: [] as number[],
  commits: [] as number[],
};
const createP99: number[] = [];

try {
  for (let round = 0; round <= ROUNDS; round += 1) {
    const keep = round > 0; // The first round warms everything up.
    const note = (name: keyof typeof rates, rate: number) => {
      if (keep) rates[name].push(rate);
    };
    note('commits', bareCommitRate(join(work, 'bare.db'), ROUND_MS));
    const made = await runLoad({ ...load, request: () => create });
    note('create', made.perSecond);
    if (keep) createP99.push(made.p99Ms);
    note('bareCreate', (await runLoad({ ...bareLoad, request: () => create })).perSecond);
    note('list', (await runLoad({ ...load, request: () => list })).perSecond);
    note('bareList', (await runLoad({ ...bareLoad, request: () => list })).perSecond);
    note('validate', (await runLoad({ ...load, request: validate })).perSecond);
    note('bareValidate', (await runLoad({ ...bareLoad, request: validate })).perSecond);
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
  }
} finally {
  await bare.end('SIGTERM');
  await latchkey.stop();
  await rm(work, { recursive: true, force: true });
}

const shown = ({ median, low, high }: Interval, digits = 0) =>
  `${median.toFixed(digits).padStart(8)}  ${`${low.toFixed(digits)} to ${high.toFixed(digits)}`.padStart(18)}`;
const ratios = (above: readonly number[], below: readonly number[]) =>
  intervalOf(above.map((rate, round) => rate / (below[round] ?? Number.NaN)));

console.log(
  `Tokens API, ${ROUNDS} interleaved rounds of ${ROUND_MS} ms, ${CONNECTIONS} connections, Node ${process.version}`,
);
console.log(
  `${validates.length} different tokens validated; lists of 100 tokens; median and its 95 % interval\n`,
);
console.log(`${'a second'.padEnd(34)}  median            interval`);
console.log(`create                            ${shown(intervalOf(rates.create))}`);
console.log(`  bare hono                       ${shown(intervalOf(rates.bareCreate))}`);
console.log(`  bare durable commits            ${shown(intervalOf(rates.commits))}`);
console.log(`list (100 tokens)                 ${shown(intervalOf(rates.list))}`);
console.log(`  bare hono                       ${shown(intervalOf(rates.bareList))}`);
console.log(`validate                          ${shown(intervalOf(rates.validate))}`);
console.log(`  bare hono                       ${shown(intervalOf(rates.bareValidate))}`);
console.log(`\nratio, round by round`);
const toCommits = ratios(rates.create, rates.commits);
console.log(
  `create / bare durable commits     ${shown(toCommits, 2)}   target ${TARGET}: ${toCommits.median >= TARGET ? 'met' : 'missed'}`,
);
console.log(`create / bare hono                ${shown(ratios(rates.create, rates.bareCreate), 2)}`);
console.log(`list / bare hono                  ${shown(ratios(rates.list, rates.bareList), 2)}`);
console.log(`validate / bare hono              ${shown(ratios(rates.validate, rates.bareValidate), 2)}`);
console.log(`create, p99 in ms                 ${shown(intervalOf(createP99), 1)}`);
if (toCommits.median < TARGET) process.exitCode = 1;
