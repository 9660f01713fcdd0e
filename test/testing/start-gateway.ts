import { fileURLToPath } from 'node:url';
import { call, textField } from './call.ts';
import { freePort } from './free-port.ts';
import { type Program, startProgram } from './program.ts';
import type { Latchkey } from './start-latchkey.ts';
import { until } from './until.ts';

const BIN = fileURLToPath(new URL('../../packages/cli/bin/latchkey.js', import.meta.url));

/** `latchkey gateway` in a process of its own, following a real server. */
export interface Gateway {
  readonly url: string;
  readonly port: number;
  log(): string;
  /** SIGTERM; resolves with the exit code or the signal. */
  stop(): Promise<number | string | undefined>;
  /** SIGHUP, and whatever it says about it. */
  reload(): Promise<string>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
}

/** @param env further `LATCHKEY_*` settings */
export async function startGateway(
  latchkey: Pick<Latchkey, 'url' | 'operatorAccount' | 'operatorToken' | 'dataDir'>,
  env: Readonly<Record<string, string>>,
): Promise<Gateway> {
  const made = await call(`${latchkey.url}/tokens/v2/${latchkey.operatorAccount}`, {
    method: 'POST',
    token: latchkey.operatorToken,
    body: { scopes: ['verifiers:sync'], note: 'gateway' },
  });
  const token = textField(made.body, 'token');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let program: Program;
  let logBefore = '';

  async function start(): Promise<void> {
    program = startProgram(process.execPath, [BIN, 'gateway', '--port', String(port)], {
      env: { LATCHKEY_URL: latchkey.url, LATCHKEY_TOKEN: token, ...env },
      cwd: latchkey.dataDir,
    });
    await until('the gateway to be ready', async () => {
      if (program.ended() !== undefined) throw new Error(`the gateway ended:\n${program.output()}`);
      return (await isReady(url)) ? true : undefined;
    });
  }

  await start();
  return {
    url,
    port,
    start,
    log: () => logBefore + program.output(),
    async reload() {
      const before = program.output().length;
      program.child.kill('SIGHUP');
      return until('the gateway to read its configuration again', () => {
        const said = program.output().slice(before);
        return /.*the configuration was read again.*\n/.exec(said)?.[0];
      });
    },
    async kill() {
      await program.end('SIGKILL');
      logBefore += program.output();
    },
    stop: async () => {
      await program.end('SIGTERM');
      logBefore += program.output();
      return program.ended();
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    return false;
  }
}
