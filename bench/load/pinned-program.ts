import { readdirSync, readFileSync } from 'node:fs';
import { type ProgramOptions, startProgram } from '../../test/testing/program.ts';
import { until } from '../../test/testing/until.ts';

/** A server in a process of its own that may use one core. */
export interface PinnedProgram {
  readonly port: number;
  /** Processor time of all its threads since it began, in nanoseconds. */
  cpuNs(): number;
  stop(): Promise<void>;
}

export interface PinnedOptions extends ProgramOptions {
  readonly core: number;
  /** Where it will listen, and how to tell that it does; by default it prints its port as its first line. */
  readonly listens?: { readonly port: number; readonly isReady: () => Promise<boolean> };
}

/** @throws Error with its output when it ends before it listens */
export async function startPinned(
  command: string,
  args: readonly string[],
  { core, listens, ...options }: PinnedOptions,
): Promise<PinnedProgram> {
  const program = startProgram('taskset', ['-c', String(core), command, ...args], options);
  const listening = async (): Promise<number | undefined> => {
    if (listens === undefined) return firstLine(program.stdout());
    return (await listens.isReady().catch(() => false)) ? listens.port : undefined;
  };
  const port = await until(`${args.join(' ')} to listen`, () => {
    if (program.ended() !== undefined) throw new Error(`${command} ended`);
    return listening();
  }).catch(async (error: unknown) => {
    await program.end('SIGKILL');
    throw new Error(program.output(), { cause: error });
  });
  const { pid } = program.child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  return { port, cpuNs: () => cpuNsOf(pid), stop: () => program.end('SIGTERM') };
}

/** Processor time of all threads of a process so far, in nanoseconds (Linux, `schedstat`). */
export function cpuNsOf(pid: number): number {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [spent] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ');
    sum += Number(spent);
  }
  return sum;
}

function firstLine(output: string): number | undefined {
  return output.includes('\n') ? Number(output.split('\n')[0]) : undefined;
}
