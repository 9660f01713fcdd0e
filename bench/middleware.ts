import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { intervalText, measureInRounds, shareLeft } from './load/cpu-rounds.ts';
import { intervalOf } from './load/interval.ts';
import { type PinnedProgram, startPinned } from './load/pinned-program.ts';
import { requestBytes } from './load/steady-load.ts';
import { startTokenFeed } from './load/token-feed.ts';
import { styleRequests } from './load/token-requests.ts';
import { apps } from './middleware/apps.ts';

// What the middlewares cost: the same route behind ours and behind one that does nothing, by processor time of the server for each
// request. The server has one core, the load the other. 10,000 different tokens of a verifier that holds 100,000; in
// the first table secret and temporary ones as Bearer, in the second all, the public ones in the query with URLs to be matched.
// Run: node --conditions=latchkey-source bench/middleware.ts [rounds] [part of a name …]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 40));
const WANTED = process.argv.slice(3);
const TOKENS = 100_000;
const IN_USE = 10_000;
const TARGET = 0.9;
const [SERVER_CORE, LOAD_CORE] = [0, 1];
const SERVER = fileURLToPath(new URL('./middleware/server-process.ts', import.meta.url));

const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
const feed = await startTokenFeed(folder, TOKENS, LOAD_CORE);
const inUse = feed.tokens.filter((_, n) => n % (TOKENS / IN_USE) === Math.floor(n / IN_USE) % 10);
const mixes = {
  'secret and temporary tokens, as Bearer': feed.tokens
    .filter(({ record }) => record.usage !== 'pk')
    .slice(0, IN_USE),
  'the typical mix: six in ten public, with URLs': inUse,
};
const names = Object.keys(apps).filter(
  (name) => WANTED.length === 0 || WANTED.some((part) => name.includes(part)),
);
const running: PinnedProgram[] = [];

try {
  for (const name of names) {
    for (const args of [[name], [name, feed.url]]) {
      running.push(
        await startPinned(process.execPath, ['--conditions=latchkey-source', SERVER, ...args], {
          core: SERVER_CORE,
        }),
      );
    }
  }
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} cores, ${ROUNDS} interleaved rounds`,
  );
  console.log(
    'processor time of the server for each request in µs, and the share of speed that is left: median, 95 % interval',
  );
  for (const [mix, tokens] of Object.entries(mixes)) {
    const requests = styleRequests(tokens).map(requestBytes);
    const contenders = running.map(({ port, cpuNs }) => ({ port, cpuNs, requests }));
    const measured = await measureInRounds(contenders, { rounds: ROUNDS, loadCore: LOAD_CORE });
    console.log(`\n${mix}\n${''.padEnd(28)}${'nothing'.padStart(10)}${'ours'.padStart(10)}   share left`);
    for (const [index, name] of names.entries()) {
      const [nothing, ours] = [measured[2 * index], measured[2 * index + 1]];
      if (nothing === undefined || ours === undefined) continue;
      const share = shareLeft(nothing, ours);
      const met = share.median >= TARGET ? 'met' : 'MISSED';
      console.log(
        `${name.padEnd(28)}${intervalOf(nothing).median.toFixed(1).padStart(10)}` +
          `${intervalOf(ours).median.toFixed(1).padStart(10)}   ${intervalText(share)}   target ${TARGET}: ${met}`,
      );
    }
  }
} finally {
  await Promise.all(running.map((program) => program.stop()));
  await feed.stop();
  await rm(folder, { recursive: true });
}
