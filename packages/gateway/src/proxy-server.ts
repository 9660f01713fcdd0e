import { randomUUID } from 'node:crypto';
import { bind, stopServer, urlOf } from './bound-server.ts';
import { cacheMetrics } from './cache/cache-metrics.ts';
import { createResponseCache } from './cache/response-cache.ts';
import { listenWith } from './doors/reverse-proxy/listen-with.ts';
import type { ReverseProxyDoor } from './doors/reverse-proxy/reverse-proxy.ts';
import { createTunnels, type Tunnels } from './doors/reverse-proxy/tunnels.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { ProxyOptions } from './gateway-options.ts';
import type { GatewayMetrics } from './metrics.ts';
import { tellFailures } from './tell-failures.ts';
import type { Forward } from './upstream/forward.ts';
import { openUpstreams } from './upstream/undici-forward.ts';

/** The way to the APIs behind a reverse proxy. It outlives the doors that are made anew when a configuration is read again. */
export interface Behind {
  readonly forward: Forward;
  readonly tunnels: Tunnels;
  close(): Promise<void>;
}

export function openBehind(options: ProxyOptions, log: GatewayLog, metrics: GatewayMetrics): Behind {
  const upstreams = openUpstreams(options);
  const tunnels = createTunnels(upstreams.openTunnel, {
    requestId: randomUUID,
    onFailure: tellFailures(log, metrics),
  });
  return {
    forward: cached(upstreams.forward, options, metrics),
    tunnels,
    close: upstreams.close,
  };
}

function cached(forward: Forward, options: ProxyOptions, metrics: GatewayMetrics): Forward {
  const { cacheBytes, cacheBodyLimitBytes, cacheWaitMs, cacheIgnoredHeaders } = options;
  if (cacheBytes === 0) return forward;
  const cache = createResponseCache(forward, {
    limitBytes: cacheBytes,
    bodyLimitBytes: cacheBodyLimitBytes,
    collapseWaitMs: cacheWaitMs,
    unkeyedHeaders: cacheIgnoredHeaders,
  });
  metrics.also(() => cacheMetrics(cache.counts()));
  return cache.forward;
}

export interface RunningProxy {
  /** Without a trailing slash. */
  readonly url: string;
  /** Cuts connections that changed their protocol, lets answers under way finish, then ends. */
  close(): Promise<void>;
}

/**
 * Listens for the clients of a reverse proxy.
 * @param door the one in force: asked for each request
 * @throws GatewayError when the port cannot be had
 */
export async function startProxyServer(
  door: () => ReverseProxyDoor,
  { tunnels }: Pick<Behind, 'tunnels'>,
  { host, port, headerLimitBytes }: ProxyOptions,
  log: GatewayLog,
): Promise<RunningProxy> {
  const server = listenWith(door, headerLimitBytes);
  const bound = await bind(server, host, port);
  log.info({ host, port: bound }, 'reverse proxy listening');
  return {
    url: urlOf(host, bound),
    async close() {
      // A server ends when its last connection does, and these end by themselves when they please.
      tunnels.close();
      await stopServer(server);
    },
  };
}
