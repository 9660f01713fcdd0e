import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { intervalOf } from './load/interval.ts';

// A verifier's replica with many tokens: memory, the first sync over the wire, a sync over what it holds already, saving,
// starting from disk, and verify() beside SHA-256 and a Map look-up of the same sequence. What counts as a typical token stands in
// replica/typical-tokens.ts. Each size has processes of its own: a feed, a verifier that syncs, one that starts from disk.
// Run: node --conditions=latchkey-source bench/replica.ts [tokens …]     (LATCHKEY_BENCH_FULL=1 adds a million)

const ROUNDS = 12;
/** From `dist/`, as users start it: the time of a start is not to hold that of stripping types. */
const AS_PUBLISHED: readonly string[] = [];
const MILLION = 1_000_000;
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000];
if (given.length === 0 && process.env.LATCHKEY_BENCH_FULL === '1') sizes.push(MILLION);

interface Synced {
  readonly syncMs: number;
  readonly first: Delay;
  readonly saveMs: number;
  readonly saving: Delay;
  readonly bytes: number;
  readonly resyncMs: number;
  readonly again: Delay;
  readonly bytesAfter: number;
}
interface Delay {
  readonly p99: number;
  readonly max: number;
}
type Rounds = readonly { readonly map: number; readonly verify: number }[];
type Decided = Readonly<Record<'few' | 'all' | 'unrestricted', Rounds>>;
interface Read {
  readonly readMs: number;
  readonly bytesFromDisk: number;
}
type Started = Decided & Read & { readonly startMs: number };

console.log(
  `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} cores, ${ROUNDS} interleaved rounds`,
);
console.log(
  'times of verify() and of SHA-256 + Map: median of the rounds in ns; ratio: median and its 95 % interval\n',
);
for (const tokens of sizes) await measure(tokens);

async function measure(tokens: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
  const epochMs = String(Date.now());
  const feed = run(new URL('./replica/feed-process.ts', import.meta.url), [
    path.join(folder, 'snapshot.ndjson'),
    String(tokens),
    epochMs,
  ]);
  try {
    const url = `http://127.0.0.1:${await feed.line()}`;
    const syncing = run(new URL('./replica/sync-process.ts', import.meta.url), [url, folder, String(tokens)]);
    await syncing.line();
    feed.child.stdin?.write('resync\n');
    const synced = JSON.parse(await syncing.line()) as Synced;
    await syncing.ended;
    const start = performance.now();
    const deciding = run(
      new URL('./replica/decide-process.ts', import.meta.url),
      [url, folder, String(tokens), String(ROUNDS), epochMs],
      AS_PUBLISHED,
    );
    await deciding.line();
    const startMs = performance.now() - start;
    const read = JSON.parse(await deciding.line()) as Read;
    const decided = JSON.parse(await deciding.line()) as Decided;
    await deciding.ended;
    report(tokens, synced, { startMs, ...read, ...decided });
  } finally {
    feed.child.kill();
    await rm(folder, { recursive: true });
  }
}

function report(tokens: number, synced: Synced, started: Started): void {
  const rows: [string, string, string?][] = [
    ['bytes a token above the bare runtime', synced.bytes.toFixed(0), '<= 200 at a million'],
    ['  after a second sync', synced.bytesAfter.toFixed(0)],
    ['first sync over the wire', `${synced.syncMs.toFixed(0)} ms`, '<= 4000 at a million'],
    ['  event-loop delay p99, max', delayText(synced.first), 'p99 < 10 ms'],
    ['second sync over the same tokens', `${synced.resyncMs.toFixed(0)} ms`],
    ['  event-loop delay p99, max', delayText(synced.again), 'p99 < 10 ms'],
    ['saving the copy', `${synced.saveMs.toFixed(0)} ms`],
    ['  event-loop delay p99, max', delayText(synced.saving), 'p99 < 10 ms'],
    ['process start to first decision from disk', `${started.startMs.toFixed(0)} ms`, '<= 1000 at a million'],
    ['  of it, from createVerifier() to ready()', `${started.readMs.toFixed(0)} ms`],
    ['  bytes a token then', started.bytesFromDisk.toFixed(0), '<= 200 at a million'],
    ['verify(), 10,000 different tokens', timesText(started.few), 'ratio <= 1'],
    ['verify(), uniform over all', timesText(started.all), 'ratio <= 1'],
    ['verify(), over all without URLs', timesText(started.unrestricted), 'ratio <= 1'],
  ];
  console.log(`${tokens.toLocaleString('en')} tokens`);
  for (const [what, value, target = ''] of rows)
    console.log(`  ${what.padEnd(44)}${value.padEnd(48)}${target}`);
  console.log();
}

function delayText({ p99, max }: Delay): string {
  return `${p99.toFixed(1)} ms, ${max.toFixed(1)} ms`;
}

function timesText(rounds: Rounds): string {
  const ratio = intervalOf(rounds.map(({ map, verify }) => verify / map));
  const [map, verify] = [rounds.map((round) => round.map), rounds.map((round) => round.verify)].map(
    (each) => intervalOf(each).median,
  );
  const bounds = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`;
  return `${verify?.toFixed(0)} / ${map?.toFixed(0)} = ${ratio.median.toFixed(2)} (${bounds})`;
}

function run(
  program: URL,
  args: readonly string[],
  options: readonly string[] = ['--conditions=latchkey-source'],
): { child: ChildProcess; line: () => Promise<string>; ended: Promise<unknown> } {
  const child = spawn(process.execPath, [...options, fileURLToPath(program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    ended: once(child, 'exit'),
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`${program.pathname} ended early`);
      return next.value;
    },
  };
}
