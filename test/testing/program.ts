import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  readonly child: ChildProcess;
  /** Everything written so far to standard output and standard error, in the order of arrival. */
  output(): string;
  /** Standard output alone. */
  stdout(): string;
  /** The code, or the signal's name, with which the program ended; undefined while it runs. */
  ended(): number | string | undefined;
  /** Sends the signal to this process alone and resolves when it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface ProgramOptions {
  /** Beside the environment of the tests, whose own `LATCHKEY_*` are left out. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts a real program whose output is kept; its standard input is empty. */
export function startProgram(
  command: string,
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: ProgramOptions = {},
): Program {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LATCHKEY_'));
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stdout = '';
  let ended: number | string | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const closed = once(child, 'close').then(() => {
    ended = child.exitCode ?? child.signalCode ?? 'unknown';
  });
  return {
    child,
    output: () => output,
    stdout: () => stdout,
    ended: () => ended,
    end: async (signal) => {
      if (ended === undefined) child.kill(signal);
      await closed;
    },
  };
}

/** Runs a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<{ readonly code: number | string; readonly stdout: string; readonly output: string }> {
  const program = startProgram(command, args, options);
  await once(program.child, 'close');
  return {
    code: program.ended() ?? program.child.exitCode ?? 'unknown',
    stdout: program.stdout(),
    output: program.output(),
  };
}
