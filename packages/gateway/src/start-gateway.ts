import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Policy, RouteTable, ServiceDefinition } from '@latchkey/core';
import { buildRouteTable } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import { createVerifier, fetchRouteTable } from '@latchkey/verifier';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLog } from './gateway-log.ts';
import { createListener } from './listener.ts';
import { createMetrics } from './metrics.ts';
import { tellProblems } from './tell-problems.ts';

export interface GatewayOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the Latchkey server is. */
  readonly server: string;
  /** A token with the scope `verifiers:sync`. */
  readonly token: string;
  /** What people call this gateway. */
  readonly name: string;
  /** The APIs behind it; none: the table of the server is read once, at the start. */
  readonly services: readonly ServiceDefinition[];
  readonly secretInQuery: Policy['secretInQuery'];
  /** The API's own origin, as browsers see it. */
  readonly publicOrigin: string | undefined;
  /** Who may tell the original request; empty: nobody, and every request is refused. */
  readonly trustedProxies: readonly string[];
  readonly log: GatewayLog;
}

export interface RunningGateway {
  /** `http://127.0.0.1:8430`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
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
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { host, port, server: url, token, name, log, publicOrigin, trustedProxies, secretInQuery } = options;
  const requires = await routesOf(options);
  const metrics = createMetrics();
  const verifier = createVerifier({
    url,
    token,
    name,
    onStatus: ({ connected, current, problem, outdated }) =>
      log.info({ connected, current, problem, outdated }, 'verifier'),
  });
  try {
    const listener = createListener(
      verifier,
      {
        requires,
        secretInQuery,
        trustedProxies,
        ...(publicOrigin === undefined ? {} : { publicOrigin }),
        onAllow: metrics.countAllowed,
        onRefuse: ({ reason }) => metrics.count(reason),
        onProblem: tellProblems(log, metrics),
      },
      metrics,
    );
    const server = createServer({ maxHeaderSize: HEADER_LIMIT_BYTES }, listener);
    // Node would drop headers past a number silently, and a second Authorization among them.
    server.maxHeadersCount = 0;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const bound = await bind(server, host, port);
    log.info({ host, port: bound }, 'listening');
    let closing: Promise<void> | undefined;
    return {
      url: urlOf(host, bound),
      port: bound,
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
