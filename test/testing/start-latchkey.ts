import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { type Program, runProgram, startProgram } from './program.ts';
import { until } from './until.ts';

const BIN = fileURLToPath(new URL('../../packages/cli/bin/latchkey.js', import.meta.url));
const BUILT = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url));

/** A real installation: its own data folder and its own server process, started through the published command. */
export interface Latchkey {
  /** `http://127.0.0.1:<port>`, without a slash at the end; the same after a restart. */
  readonly url: string;
  readonly operatorAccount: string;
  readonly operatorToken: string;
  readonly dataDir: string;
  /** Of the server process that runs now. */
  pid(): number;
  /** What all server processes of this installation wrote. */
  log(): string;
  /** Ends the server process with SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Ends the server process with SIGTERM; the data folder stays. Resolves with its exit code or signal. */
  terminate(): Promise<number | string | undefined>;
  /** Starts a server process again on the same data folder and port. */
  start(): Promise<void>;
  /** Ends the server process and removes the data folder. */
  stop(): Promise<void>;
}

export interface LatchkeyOptions {
  /** Requests a minute; 0, the default here, turns the limit off. */
  readonly rateLimitPerMinute?: number;
  /** Further `LATCHKEY_*` settings. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the data folder is made; the folder for temporary files by default. */
  readonly parent?: string;
  /** Text of a `latchkey.yaml`. */
  readonly config?: string;
}

/**
 * Makes an installation with `latchkey init`, serves it with `latchkey serve` and waits for `/readyz`.
 * @throws Error with the program's output when a step fails, or when the packages are not built
 */
export async function startLatchkey(options: LatchkeyOptions = {}): Promise<Latchkey> {
  if (!existsSync(BUILT)) throw new Error('packages/cli/dist is missing: run `npx tsc -b` first');
  const dataDir = await mkdtemp(join(options.parent ?? tmpdir(), 'latchkey-test-'));
  const limit = String(options.rateLimitPerMinute ?? 0);
  const env = {
    LATCHKEY_RATE_LIMIT_PER_MINUTE: limit,
    LATCHKEY_RATE_LIMIT_ANONYMOUS_PER_MINUTE: limit,
    ...options.env,
  };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;

  let operator: { account: string; operatorToken: string };
  let server: Program;
  try {
    const made = await runProgram(process.execPath, [BIN, 'init', '--data', dataDir, '--json'], {
      env,
      cwd: dataDir,
    });
    if (made.code !== 0) throw new Error(`latchkey init ended with ${made.code}:\n${made.output}`);
    operator = parseOperator(made.stdout);
    server = await serve(url, port, dataDir, env);
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }

  let logBefore = '';
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    await server.end(signal);
    return server.ended();
  };
  return {
    url,
    operatorAccount: operator.account,
    operatorToken: operator.operatorToken,
    dataDir,
    pid: () => server.child.pid ?? Number.NaN,
    log: () => logBefore + server.output(),
    kill: async () => {
      await end('SIGKILL');
    },
    terminate: () => end('SIGTERM'),
    start: async () => {
      logBefore += server.output();
      server = await serve(url, port, dataDir, env);
    },
    stop: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function serve(
  url: string,
  port: number,
  dataDir: string,
  env: Readonly<Record<string, string>>,
): Promise<Program> {
  const program = startProgram(process.execPath, [BIN, 'serve', '--data', dataDir, '--port', String(port)], {
    env,
    cwd: dataDir,
  });
  const outcome = await until('/readyz to answer 200', async () => {
    if (program.ended() !== undefined) return 'ended';
    return (await isReady(url)) ? 'ready' : undefined;
  }).catch(async (error: unknown) => {
    await program.end('SIGKILL');
    throw new Error(`latchkey serve did not become ready:\n${program.output()}`, { cause: error });
  });
  if (outcome === 'ended')
    throw new Error(`latchkey serve ended with ${program.ended()}:\n${program.output()}`);
  return program;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    return false;
  }
}

function parseOperator(text: string): { account: string; operatorToken: string } {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`latchkey init printed ${text}`);
  const { account, operatorToken } = parsed as Record<string, unknown>;
  if (typeof account !== 'string' || typeof operatorToken !== 'string')
    throw new Error(`latchkey init printed ${text}`);
  return { account, operatorToken };
}
