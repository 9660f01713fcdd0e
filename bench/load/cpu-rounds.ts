import { execFileSync } from 'node:child_process';
import { type Interval, intervalOf } from './interval.ts';
import { openLoad } from './steady-load.ts';

/** What is measured: a server with its load. */
export interface Contender {
  readonly port: number;
  readonly requests: readonly Buffer[];
  /** Processor time so far of all processes that count, in nanoseconds. */
  readonly cpuNs: () => number;
}

export interface RoundOptions {
  readonly rounds: number;
  /** The core of this process, which is the load. */
  readonly loadCore: number;
}

const CONNECTIONS = 32;
/** A tenth of a second or so: neighbours in a round then meet the same noise of the machine. */
const SLICE_REQUESTS = 1000;
/** So many make Node's compiler settle. */
const WARM_UP_REQUESTS = 30_000;

/**
 * Loads each contender in turn, round by round; every other round goes backwards, so that nobody always runs after the same neighbour.
 * @returns for each contender, in their order, the processor time of the server for each request in each round, in microseconds
 */
export async function measureInRounds(
  contenders: readonly Contender[],
  { rounds, loadCore }: RoundOptions,
): Promise<readonly (readonly number[])[]> {
  execFileSync('taskset', ['-a', '-p', '-c', String(loadCore), String(process.pid)], { stdio: 'ignore' });
  const spent = contenders.map((): number[] => []);
  for (let sent = 0; sent < WARM_UP_REQUESTS; sent += SLICE_REQUESTS) {
    for (const contender of contenders) await costOf(contender, SLICE_REQUESTS);
  }
  for (let round = 0; round < rounds; round += 1) {
    const order = [...contenders.keys()];
    for (const index of round % 2 === 0 ? order : order.reverse()) {
      const contender = contenders[index];
      if (contender !== undefined) spent[index]?.push(await costOf(contender, SLICE_REQUESTS));
    }
  }
  return spent;
}

/** New connections each time: servers close those that are idle, or that have been used often. */
async function costOf({ port, requests, cpuNs }: Contender, count: number): Promise<number> {
  const load = await openLoad(port, requests, CONNECTIONS);
  await load.slice(2 * CONNECTIONS);
  const before = cpuNs();
  await load.slice(count);
  const spent = cpuNs() - before;
  load.close();
  return spent / 1000 / count;
}

/** How much of the baseline's speed is left, by processor time for each request: 1 is all of it. */
export function shareLeft(baseline: readonly number[], other: readonly number[]): Interval {
  return intervalOf(other.map((spent, round) => (baseline[round] ?? Number.NaN) / spent));
}

/** `0.93 (0.92 to 0.95)` */
export function intervalText({ median, low, high }: Interval, digits = 2): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
