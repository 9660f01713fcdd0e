import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RouteTable } from '@latchkey/core';
import { buildRouteTable } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import { createVerifier, fetchRouteTable } from '@latchkey/verifier';
import { buildDoors, type DoorSettings } from './doors.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLog } from './gateway-log.ts';
import { type FixedOption, type GatewayOptions, waitingForRestart } from './gateway-options.ts';
import { createListener } from './listener.ts';
import { createGatewayMetrics } from './metrics.ts';

/** What became of new options: those that could be taken are in force at once. */
export type Reloaded =
  | { readonly ok: true; readonly needsRestart: readonly FixedOption[] }
  /** Nothing has changed. */
  | { readonly ok: false; readonly error: Error };

export interface RunningGateway {
  /** `http://127.0.0.1:8430`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Puts other options in force, all that can be or none. Sockets stay open, and what is being answered is answered by the options
   * before. Calls follow each other.
   */
  reload(options: GatewayOptions): Promise<Reloaded>;
  /** Lets questions that are being answered finish, then ends. Once more is the same promise. */
  close(): Promise<void>;
}

/** How long questions that are being answered may take to finish. */
const STOP_LIMIT_MS = 5_000;
/** Longer than gateways keep an idle connection (nginx: 60 s), so that the door never closes one that is being written to. */
const KEEP_ALIVE_MS = 75_000;
/** A gateway adds the whole target to headers that it allowed already (nginx: 32 KiB). */
const HEADER_LIMIT_BYTES = 65_536;

/**
 * Starts the doors. They listen at once: until the replica is there, `/readyz` and every token are answered 503.
 * @throws GatewayError when the port cannot be had, or the services are neither given nor to be had from the server
 * @throws TypeError where an option is wrong
 */
export async function startGateway(options: GatewayOptions, log: GatewayLog): Promise<RunningGateway> {
  const { host, port, server: url, token, name } = options;
  const metrics = createGatewayMetrics();
  const settings = await settingsOf(options);
  const verifier = createVerifier({
    url,
    token,
    name,
    onStatus: ({ connected, current, problem, outdated, stale }) =>
      log.info({ connected, current, problem, outdated, stale }, 'verifier'),
  });
  try {
    let doors = buildDoors(verifier, settings, { metrics, log });
    const listener = createListener(verifier, () => doors, metrics);
    const server = createServer({ maxHeaderSize: HEADER_LIMIT_BYTES }, listener);
    // Node would drop headers past a number silently, and a second Authorization among them.
    server.maxHeadersCount = 0;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const bound = await bind(server, host, port);
    log.info({ host, port: bound }, 'listening');
    let closing: Promise<void> | undefined;
    let reloading: Promise<unknown> = Promise.resolve();

    const reload = async (next: GatewayOptions): Promise<Reloaded> => {
      try {
        // Of another server only after a restart: the replica follows this one.
        doors = buildDoors(verifier, await settingsOf({ ...next, server: url }), { metrics, log });
        metrics.countReload('applied');
        return { ok: true, needsRestart: waitingForRestart(options, next) };
      } catch (error) {
        metrics.countReload('refused');
        return { ok: false, error: error instanceof Error ? error : new Error('unknown', { cause: error }) };
      }
    };
    return {
      url: urlOf(host, bound),
      port: bound,
      reload(next) {
        const reloaded = reloading.then(() => reload(next));
        reloading = reloaded;
        return reloaded;
      },
      close() {
        closing ??= stop(server, verifier);
        return closing;
      },
    };
  } catch (error) {
    await verifier.close();
    throw error;
  }
}

async function settingsOf(options: GatewayOptions): Promise<DoorSettings> {
  const { secretInQuery, publicOrigin, trustedProxies } = options;
  return { requires: await routesOf(options), secretInQuery, publicOrigin, trustedProxies };
}

async function routesOf({ services, server }: GatewayOptions): Promise<RouteTable> {
  if (services.length > 0) return buildRouteTable(services);
  try {
    return await fetchRouteTable(server);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown';
    throw new GatewayError('services_unreadable', problem, error);
  }
}

async function bind(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'port_in_use' : 'cannot_listen';
      reject(new GatewayError(code, `Cannot listen on ${host} port ${port}: ${error.message}`, error));
    });
    server.listen(port, host, resolve);
  });
  // A server that listens on a port has an address of this form.
  return (server.address() as AddressInfo).port;
}

function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function stop(server: Server, verifier: Verifier): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), STOP_LIMIT_MS);
  await ended;
  clearTimeout(late);
  await verifier.close();
}
