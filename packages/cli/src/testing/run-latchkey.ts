import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';

/** The published file of the command. It runs what was built last: `npm run build` comes before these tests. */
export const BIN = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json(): unknown;
  /** Standard output as JSON of this shape. Throws where it has another. */
  jsonOf<T>(schema: z.ZodType<T>): T;
  /** The `error` object that `--json` puts on standard error. */
  error(): unknown;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Standard input; nothing when left out. */
  readonly input?: string;
}

/** Runs the real command to its end. */
export async function runLatchkey(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd,
    env: environment(options.env),
  });
  const ended = once(child, 'close');
  child.stdin.end(options.input ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return {
    code: child.exitCode,
    stdout,
    stderr,
    json: () => JSON.parse(stdout),
    jsonOf: (schema) => schema.parse(JSON.parse(stdout)),
    error: () => JSON.parse(stderr).error,
  };
}

/** This process's environment without what could change the command's answers, and with `more`. */
export function environment(more: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const decisive = /^(LATCHKEY_|LC_|LANG$|NO_COLOR$|FORCE_COLOR$|XDG_|HOME$|NODE_OPTIONS$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !decisive.test(name));
  return { ...Object.fromEntries(inherited), HOME: '/nonexistent', ...more };
}
