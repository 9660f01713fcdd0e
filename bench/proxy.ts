import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '@latchkey/core';
import { freePort } from '../test/testing/free-port.ts';
import { intervalText, measureInRounds, shareLeft } from './load/cpu-rounds.ts';
import { intervalOf } from './load/interval.ts';
import { type PinnedProgram, startPinned } from './load/pinned-program.ts';
import { requestBytes } from './load/steady-load.ts';
import { startTokenFeed } from './load/token-feed.ts';
import { styleRequests } from './load/token-requests.ts';

// What the reverse proxy of `latchkey gateway` costs beside one that undici and node:http make without Latchkey, by processor time of the
// proxy for each request. The proxies have one core, the load and the API behind them the other. 10,000 different
// tokens of a replica of 100,000: in the first table secret and temporary ones as Bearer, in the second all, the public ones in the query
// with URLs to be matched.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/proxy.ts [rounds]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 40));
const TOKENS = 100_000;
const IN_USE = 10_000;
const TARGET = 0.9;
const [PROXY_CORE, LOAD_CORE] = [0, 1];
const BIN = fileURLToPath(new URL('../packages/cli/bin/latchkey.js', import.meta.url));
const API = fileURLToPath(new URL('./proxy/api-process.ts', import.meta.url));
const BARE = fileURLToPath(new URL('./proxy/bare-process.ts', import.meta.url));
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
const api = await startPinned(process.execPath, [API], { core: LOAD_CORE });
const origin = `http://127.0.0.1:${api.port}`;
const bare = await startPinned(process.execPath, [BARE, origin], { core: PROXY_CORE });
const ours = await startProxy();
const mixes = {
  'secret and temporary tokens, as Bearer': feed.tokens
    .filter(({ record }) => record.usage !== 'pk')
    .slice(0, IN_USE),
  'the typical mix: six in ten public, with URLs': feed.tokens.slice(0, IN_USE),
};

try {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} cores, ${ROUNDS} interleaved rounds`,
  );
  console.log(
    'processor time of the proxy for each request in µs, and the share of speed that is left: median, 95 % interval',
  );
  for (const [mix, tokens] of Object.entries(mixes)) {
    const requests = styleRequests(tokens).map(requestBytes);
    const contenders = [bare, ours].map(({ port, cpuNs }) => ({ port, cpuNs, requests }));
    const [bareCost = [], ourCost = []] = await measureInRounds(contenders, {
      rounds: ROUNDS,
      loadCore: LOAD_CORE,
    });
    const share = shareLeft(bareCost, ourCost);
    console.log(`\n${mix}\n${''.padEnd(20)}${'bare'.padStart(10)}${'ours'.padStart(10)}   share left`);
    console.log(
      `${'reverse proxy'.padEnd(20)}${intervalOf(bareCost).median.toFixed(1).padStart(10)}` +
        `${intervalOf(ourCost).median.toFixed(1).padStart(10)}   ${intervalText(share)}` +
        `   target ${TARGET}: ${share.median >= TARGET ? 'met' : 'MISSED'}`,
    );
  }
} finally {
  await Promise.all([bare, ours, api, feed].map((each) => each.stop()));
  await rm(folder, { recursive: true });
}

async function startProxy(): Promise<PinnedProgram> {
  const [doors, port] = [await freePort(), await freePort()];
  return startPinned(process.execPath, [BIN, 'gateway', '--port', String(doors)], {
    core: PROXY_CORE,
    cwd: folder,
    env: {
      LATCHKEY_URL: feed.url,
      LATCHKEY_TOKEN: feed.tokens.find(({ record }) => record.usage === 'sk')?.text ?? '',
      LATCHKEY_SERVICES: JSON.stringify(SERVICES),
      LATCHKEY_GATEWAY_PROXY_UPSTREAM: origin,
      LATCHKEY_GATEWAY_PROXY_PORT: String(port),
    },
    listens: { port, isReady: async () => (await fetch(`http://127.0.0.1:${doors}/readyz`)).ok },
  });
}
