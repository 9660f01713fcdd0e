import { buildRouteTable } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';
import { bind, stopServer, urlOf } from './bound-server.ts';
import { createDoorServer } from './door-server.ts';
import type { ReverseProxyDoor } from './doors/reverse-proxy/reverse-proxy.ts';
import { buildDoors, type DoorSettings, type Doors } from './doors.ts';
import type { GatewayLog } from './gateway-log.ts';
import { type FixedOption, type GatewayOptions, waitingForRestart } from './gateway-options.ts';
import { createListener } from './listener.ts';
import { createGatewayMetrics } from './metrics.ts';
import { openBehind, startProxyServer } from './proxy-server.ts';
import { startPurging } from './purge/start-purging.ts';
import { servicesInForce } from './services-in-force.ts';

/** What became of new options: those that could be taken are in force at once. */
export type Reloaded =
  | { readonly ok: true; readonly needsRestart: readonly FixedOption[] }
  /** Nothing has changed. */
  | { readonly ok: false; readonly error: Error };

export interface RunningGateway {
  /** `http://127.0.0.1:8430`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Where the reverse proxy listens, where there is one. */
  readonly proxyUrl: string | undefined;
  /**
   * Puts other options in force, all that can be or none. Sockets stay open, and what is being answered is answered by the options
   * before. Calls follow each other.
   */
  reload(options: GatewayOptions): Promise<Reloaded>;
  /** Lets questions that are being answered finish, then ends. Once more is the same promise. */
  close(): Promise<void>;
}

/**
 * Starts the doors. They listen at once: until the replica is there, `/readyz` and every token are answered 503.
 * @throws GatewayError when the port cannot be had, or the services are neither given nor to be had from the server
 * @throws TypeError where an option is wrong
 */
export async function startGateway(options: GatewayOptions, log: GatewayLog): Promise<RunningGateway> {
  const { host, port, server: url, token, name, dataDir } = options;
  const metrics = createGatewayMetrics();
  const settings = await settingsOf(options, log);
  const purging = startPurging(options.purge, log);
  metrics.also(purging.metrics);
  const verifier = createVerifier({
    url,
    token,
    name,
    onChanged: purging.onChanged,
    ...(dataDir === undefined ? {} : { folder: dataDir }),
    onStatus: ({ connected, current, problem, outdated, stale, disk }) =>
      log.info({ connected, current, problem, outdated, stale, disk: disk?.problem }, 'verifier'),
  });
  /** In the order in which it is closed: what answers goes before what it asks. */
  const running: Closable[] = [verifier, purging];
  try {
    const behind = options.proxy && openBehind(options.proxy, log, metrics);
    if (behind !== undefined) running.unshift(behind);
    let doors = buildDoors(verifier, settings, { metrics, log, behind });
    const listener = createListener(verifier, () => doors, metrics);
    const server = createDoorServer(listener);
    const bound = await bind(server, host, port);
    running.unshift({ close: () => stopServer(server) });
    log.info({ host, port: bound }, 'listening');
    let proxyUrl: string | undefined;
    if (options.proxy !== undefined && behind !== undefined) {
      const proxy = await startProxyServer(() => proxyOf(doors), behind, options.proxy, log);
      proxyUrl = proxy.url;
      running.unshift(proxy);
    }
    let closing: Promise<void> | undefined;
    let reloading: Promise<unknown> = Promise.resolve();

    const reload = async (next: GatewayOptions): Promise<Reloaded> => {
      try {
        // Of another server only after a restart: the replica follows this one. A reverse proxy that runs has to know its APIs.
        doors = buildDoors(
          verifier,
          await settingsOf({ ...next, server: url, dataDir, proxy: next.proxy ?? options.proxy }, log),
          { metrics, log, behind },
        );
        purging.replace(next.purge);
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
      proxyUrl,
      reload(next) {
        const reloaded = reloading.then(() => reload(next));
        reloading = reloaded;
        return reloaded;
      },
      close() {
        closing ??= closeAll(running);
        return closing;
      },
    };
  } catch (error) {
    await closeAll(running);
    throw error;
  }
}

/** Whoever was started with a reverse proxy has one in every configuration that follows. */
function proxyOf({ proxy }: Doors): ReverseProxyDoor {
  if (proxy === undefined) throw new TypeError('a gateway lost its reverse proxy');
  return proxy;
}

interface Closable {
  close(): Promise<void>;
}

async function closeAll(running: readonly Closable[]): Promise<void> {
  for (const each of running) await each.close();
}

async function settingsOf(options: GatewayOptions, log: GatewayLog): Promise<DoorSettings> {
  const { secretInQuery, publicOrigin, trustedProxies, proxy } = options;
  const requires = buildRouteTable(await servicesInForce(options, log));
  return { requires, secretInQuery, publicOrigin, trustedProxies, proxy };
}
