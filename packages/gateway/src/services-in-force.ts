import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ServiceDefinition } from '@latchkey/core';
import { fetchServices } from '@latchkey/verifier';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { GatewayOptions } from './gateway-options.ts';

const FILE = 'services.json';

/**
 * Which scopes the routes need: as the options say or, where they say nothing, the server. What the server said is kept beside the copy
 * of the replica, so that a gateway that is restarted while the server is dead goes on by it.
 * @throws GatewayError where nobody tells
 */
export async function servicesInForce(
  { services, server, dataDir }: Pick<GatewayOptions, 'services' | 'server' | 'dataDir'>,
  log: GatewayLog,
): Promise<readonly ServiceDefinition[]> {
  if (services.length > 0) return services;
  const file = dataDir === undefined ? undefined : path.join(dataDir, FILE);
  try {
    const told = await fetchServices(server);
    if (file !== undefined) await keep(file, server, told, log);
    return told;
  } catch (error) {
    const kept = file === undefined ? undefined : await readKept(file, server);
    const problem = error instanceof Error ? error.message : 'unknown';
    if (kept === undefined) throw new GatewayError('services_unreadable', problem, { cause: error });
    log.warn({ problem, file }, 'the services are those that the server told before');
    return kept;
  }
}

async function keep(
  file: string,
  server: string,
  services: readonly ServiceDefinition[],
  log: GatewayLog,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, JSON.stringify({ server, services }), { mode: 0o600, flush: true });
    await rename(temporary, file);
  } catch (error) {
    log.warn({ err: error, file }, 'the services could not be kept for a restart');
  }
}

async function readKept(file: string, server: string): Promise<readonly ServiceDefinition[] | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    if (Object(JSON.parse(text)).server !== server) return undefined;
    // As if the server had answered it.
    return await fetchServices(server, { fetch: async () => new Response(text) });
  } catch {
    // There is none, or none that can be read.
    return undefined;
  }
}
