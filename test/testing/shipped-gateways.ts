import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { type Program, startProgram } from './program.ts';
import { until } from './until.ts';

/** A real gateway that runs by the configuration under examples/, on other ports. */
export interface ShippedGateway {
  readonly url: string;
  /** Where it runs: its configuration, and what it writes. */
  readonly folder: string;
  readonly pid: number;
  output(): string;
  /** What it wrote into its access log, where it keeps one. */
  accessLog(): Promise<string>;
  stop(): Promise<void>;
}

export interface Places {
  readonly door: number;
  readonly upstream: number;
}

// One process, so that the one that is stopped is all there is; as the user that runs the tests.
const nginxBy = (file: string) => (folder: string) => [
  '-p',
  folder,
  '-c',
  file,
  '-g',
  'daemon off; master_process off;',
];

export const GATEWAYS = {
  nginx: { program: 'nginx', folder: 'nginx', versionArgument: '-v', run: nginxBy('nginx.conf') },
  nginxCache: { program: 'nginx', folder: 'nginx', versionArgument: '-v', run: nginxBy('nginx-cache.conf') },
  caddy: {
    program: 'caddy',
    folder: 'caddy',
    versionArgument: 'version',
    run: (folder: string) => ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'],
  },
} as const;

export type GatewayName = keyof typeof GATEWAYS;

/**
 * Starts nginx or Caddy by the shipped configuration, whose three addresses alone are replaced.
 * @param change what a test wants to be otherwise in a file of the configuration
 */
export async function startShippedGateway(
  name: GatewayName,
  { door, upstream }: Places,
  change: (text: string, file: string) => string = (text) => text,
): Promise<ShippedGateway> {
  const { program, folder: example, run } = GATEWAYS[name];
  const folder = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
  const port = await freePort();
  const source = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url));
  await cp(source, folder, { recursive: true });
  for (const file of await readdir(folder)) {
    const text = await readFile(join(folder, file), 'utf8');
    const moved = text
      .replaceAll('127.0.0.1:8430', `127.0.0.1:${door}`)
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${upstream}`)
      .replaceAll(':8080', `:${port}`);
    await writeFile(join(folder, file), change(moved, file));
  }
  const running: Program = startProgram(program, run(folder), {
    cwd: folder,
    env: { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await running.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  await until(`${name} to answer`, async () => {
    if (running.ended() !== undefined) throw new Error(`${name} ended:\n${running.output()}`);
    const signal = AbortSignal.timeout(2_000);
    return fetch(url, { signal }).then(
      () => true,
      () => undefined,
    );
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { pid } = running.child;
  if (pid === undefined) throw new Error(`${name} did not start`);
  return {
    url,
    folder,
    pid,
    output: running.output,
    accessLog: () => readFile(join(folder, 'access.log'), 'utf8').catch(() => ''),
    stop,
  };
}
