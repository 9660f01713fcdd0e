import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '@latchkey/core';
import { freePort } from '../test/testing/free-port.ts';
import { type ShippedGateway, startShippedGateway } from '../test/testing/shipped-gateways.ts';
import { type Contender, intervalText, measureInRounds, shareLeft } from './load/cpu-rounds.ts';
import { intervalOf } from './load/interval.ts';
import { cpuNsOf, type PinnedProgram, startPinned } from './load/pinned-program.ts';
import { requestBytes } from './load/steady-load.ts';
import { startTokenFeed } from './load/token-feed.ts';
import { clientHeaders, styleRequests, styleTarget } from './load/token-requests.ts';

// What a question to the door of `latchkey gateway` costs, beside a bare node:http server that answers 204 to the same bytes; then
// the same two behind nginx by the shipped configuration, nginx counted with them. By processor time for each request: the servers
// and the API behind nginx, which is not counted, have one core, the load the other. 10,000 different tokens of a replica of 100,000.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/forward-auth.ts [rounds]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 40));
const TOKENS = 100_000;
const IN_USE = 10_000;
const TARGET = 0.9;
const [SERVER_CORE, LOAD_CORE] = [0, 1];
const BIN = fileURLToPath(new URL('../packages/cli/bin/latchkey.js', import.meta.url));
const BARE = fileURLToPath(new URL('./door/bare-process.ts', import.meta.url));
const SERVICES = [
  {
    name: 'styles',
    title: 'Styles',
    routes: [
      {
        methods: ['GET'],
        path: '/styles/v1/{owner}/{style}',
        scopes: defaultCatalogue.scopes.slice(0, 1).map(({ id }) => id),
        description: 'Reads a style.',
      },
    ],
  },
];

const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
const feed = await startTokenFeed(folder, TOKENS, LOAD_CORE);
const mixes = {
  'secret and temporary tokens, as Bearer': feed.tokens
    .filter(({ record }) => record.usage !== 'pk')
    .slice(0, IN_USE),
  'the typical mix: six in ten public, with URLs': feed.tokens.slice(0, IN_USE),
};
const bareOf = (status: number, core: number) =>
  startPinned(process.execPath, ['--conditions=latchkey-source', BARE, String(status)], { core });

const bare = await bareOf(204, SERVER_CORE);
// Beside the load, which keeps its core busy, it would get no turn.
const api = await bareOf(200, SERVER_CORE);
const door = await startDoor();
const [bareNginx, doorNginx] = [await startNginx(bare), await startNginx(door)];

try {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} cores, ${ROUNDS} interleaved rounds`,
  );
  console.log(
    'processor time for each request in µs, and the share of speed that is left: median, 95 % interval',
  );
  for (const [mix, tokens] of Object.entries(mixes)) {
    console.log(`\n${mix}\n${''.padEnd(28)}${'bare'.padStart(10)}${'ours'.padStart(10)}   share left`);
    const questions = tokens.map((token) =>
      requestBytes([
        'GET /forward-auth HTTP/1.1',
        ...clientHeaders(token),
        'X-Forwarded-Method: GET',
        `X-Forwarded-Uri: ${styleTarget(token)}`,
        'X-Forwarded-For: 203.0.113.7',
      ]),
    );
    await compare('the door', alone(bare, questions), alone(door, questions));
    const requests = styleRequests(tokens).map(requestBytes);
    await compare('nginx and the door', behind(bareNginx, bare, requests), behind(doorNginx, door, requests));
  }
} finally {
  await Promise.all([bareNginx, doorNginx, bare, door, api, feed].map((each) => each.stop()));
  await rm(folder, { recursive: true });
}

async function startDoor(): Promise<PinnedProgram> {
  const port = await freePort();
  return startPinned(process.execPath, [BIN, 'gateway', '--port', String(port)], {
    core: SERVER_CORE,
    cwd: folder,
    env: {
      LATCHKEY_URL: feed.url,
      LATCHKEY_TOKEN: feed.tokens.find(({ record }) => record.usage === 'sk')?.text ?? '',
      LATCHKEY_SERVICES: JSON.stringify(SERVICES),
      LATCHKEY_GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
    },
    listens: { port, isReady: async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok },
  });
}

async function startNginx(asked: PinnedProgram): Promise<ShippedGateway> {
  const nginx = await startShippedGateway('nginx', { door: asked.port, upstream: api.port });
  execFileSync('taskset', ['-a', '-p', '-c', String(SERVER_CORE), String(nginx.pid)], { stdio: 'ignore' });
  return nginx;
}

function alone({ port, cpuNs }: PinnedProgram, requests: readonly Buffer[]): Contender {
  return { port, cpuNs, requests };
}

function behind(nginx: ShippedGateway, asked: PinnedProgram, requests: readonly Buffer[]): Contender {
  const cpuNs = () => cpuNsOf(nginx.pid) + asked.cpuNs();
  return { port: Number(new URL(nginx.url).port), cpuNs, requests };
}

async function compare(name: string, baseline: Contender, ours: Contender): Promise<void> {
  const [bareCost = [], ourCost = []] = await measureInRounds([baseline, ours], {
    rounds: ROUNDS,
    loadCore: LOAD_CORE,
  });
  const share = shareLeft(bareCost, ourCost);
  console.log(
    `${name.padEnd(28)}${intervalOf(bareCost).median.toFixed(1).padStart(10)}${intervalOf(ourCost).median.toFixed(1).padStart(10)}` +
      `   ${intervalText(share)}   target ${TARGET}: ${share.median >= TARGET ? 'met' : 'MISSED'}`,
  );
}
