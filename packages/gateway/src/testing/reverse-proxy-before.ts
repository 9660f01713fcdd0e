import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Verifier } from '@latchkey/verifier';
import { listenWith } from '../doors/reverse-proxy/listen-with.ts';
import { createReverseProxyDoor, type ReverseProxyOptions } from '../doors/reverse-proxy/reverse-proxy.ts';
import { createTunnels } from '../doors/reverse-proxy/tunnels.ts';
import type { Forward } from '../upstream/forward.ts';
import { openUpstreams, type UpstreamLimits } from '../upstream/undici-forward.ts';

export const LIMITS: UpstreamLimits & Pick<ReverseProxyOptions, 'bodyLimitBytes'> = {
  connectTimeoutMs: 5_000,
  firstByteTimeoutMs: 5_000,
  idleTimeoutMs: 5_000,
  headerLimitBytes: 32_768,
  bodyLimitBytes: 0,
};

export interface RunningProxy {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Starts an API for the length of a test. */
export async function startApi(
  listener: RequestListener,
): Promise<RunningProxy & { readonly server: Server }> {
  const server = createServer(listener);
  return { ...(await running(server, async () => undefined)), server };
}

/**
 * A reverse-proxy door on a server as the gateway makes it.
 * @param around what stands between the door and the API
 */
export async function startProxy(
  verifier: Pick<Verifier, 'verify'>,
  options: Partial<ReverseProxyOptions & UpstreamLimits> & Pick<ReverseProxyOptions, 'requires'>,
  around: (forward: Forward) => Forward = (forward) => forward,
): Promise<RunningProxy> {
  const settings = { ...LIMITS, upstream: undefined, ...options };
  const upstreams = openUpstreams(settings);
  const { requestId = randomUUID, onFailure } = settings;
  const tunnels = createTunnels(upstreams.openTunnel, { requestId, onFailure });
  const door = createReverseProxyDoor(verifier, { forward: around(upstreams.forward), tunnels }, settings);
  const server = listenWith(() => door, settings.headerLimitBytes);
  return running(server, async () => {
    tunnels.close();
    await upstreams.close();
  });
}

async function running(server: Server, stop: () => Promise<void>): Promise<RunningProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      await stop();
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
