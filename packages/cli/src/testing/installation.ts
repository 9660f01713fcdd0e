import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { BIN, environment, type Run, type RunOptions, runLatchkey } from './run-latchkey.ts';

/** A folder of its own with an initialised installation in `data`, served by the real `latchkey serve`. */
export interface Installation {
  readonly folder: string;
  readonly url: string;
  readonly operatorToken: string;
  /** The secret token of the account `acme`. */
  readonly token: string;
  /** Its default public token. */
  readonly defaultToken: string;
  /** Runs the command in the folder, against the server, as `acme` unless the environment says otherwise. */
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Ends the server as Ctrl-C does and gives its exit code; the folder stays until `remove`. */
  stop(): Promise<number | null>;
  remove(): Promise<void>;
}

/** Makes, serves and fills an installation. */
export async function startInstallation(): Promise<Installation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-cli-'));
  const quiet = {
    LATCHKEY_RATE_LIMIT_PER_MINUTE: '0',
    LATCHKEY_LOG_LEVEL: 'silent',
    LATCHKEY_SERVICES: SERVICES,
  };
  const made = await runLatchkey(['init', '--data', 'data', '--json'], { cwd: folder, env: quiet });
  const { operatorToken } = read(made, ['account', 'operatorToken']);

  const serve = [BIN, 'serve', '--data', 'data', '--port', '0', '--json'];
  const server = spawn(process.execPath, serve, {
    cwd: folder,
    env: environment(quiet),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'close');
  const [line] = await once(createInterface(server.stdout), 'line');
  const { url } = JSON.parse(line);

  const run = (args: readonly string[], options: RunOptions = {}) =>
    runLatchkey(args, {
      cwd: folder,
      ...options,
      env: { LATCHKEY_URL: url, LATCHKEY_TOKEN: token, ...options.env },
    });
  let token = operatorToken;
  const account = await run(['account', 'create', 'acme', '--json']);
  const { token: accountToken, defaultToken } = read(account, ['account', 'token', 'defaultToken']);
  token = accountToken;

  const stop = async () => {
    // Twice, as a program gets it that npx runs.
    for (let times = 0; times < 2 && server.exitCode === null; times += 1) server.kill('SIGINT');
    await ended;
    return server.exitCode;
  };
  return {
    folder,
    url,
    operatorToken,
    token,
    defaultToken,
    run,
    stop,
    async remove() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

const SERVICES = JSON.stringify([
  {
    name: 'styles',
    title: 'Styles',
    routes: [
      {
        methods: ['GET'],
        path: '/styles/v1/{account}/{style}',
        scopes: ['styles:read'],
        description: 'Reads a style.',
      },
    ],
  },
]);

/** The strings that a run printed as JSON, which are all that it printed. */
function read<const Key extends string>(run: Run, keys: readonly Key[]): Record<Key, string> {
  const found: unknown = run.json();
  if (
    run.code !== 0 ||
    typeof found !== 'object' ||
    found === null ||
    Object.keys(found).join() !== keys.join()
  )
    throw new Error(`unexpected answer (exit ${run.code}):\n${run.stdout}\n${run.stderr}`);
  return found as Record<Key, string>;
}
