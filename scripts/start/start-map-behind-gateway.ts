import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { GatewayError, type RunningGateway, startGateway } from '@latchkey/gateway';
import type { MapOptions } from '../../examples/map/src/map-options.ts';
import { type RunningMap, startMap } from '../../examples/map/src/start-map.ts';

/** The maps API with a gateway before it: the reverse proxy has the API's port, judges every request, and keeps tiles that are everybody's. */
export interface GuardedMap extends RunningMap {
  /** Where the gateway tells its figures (`/metrics`). */
  readonly gatewayUrl: string;
}

/** Told of what people should know while it runs: failures of the API, warnings of the gateway. */
export interface MapReports {
  readonly onFailure: (error: Error) => void;
  readonly onWarning: (fields: object, message: string) => void;
}

const LOOPBACK = '127.0.0.1';
const READY_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 25;

/**
 * Starts both. The API itself listens on a free port of this machine that nobody is told.
 * @param verifierToken with it the gateway follows the server
 * @throws Error with a sentence for people
 */
export async function startMapBehindGateway(
  options: MapOptions,
  verifierToken: string,
  reports: MapReports,
): Promise<GuardedMap> {
  const port = options.port === 0 ? await freePort() : options.port;
  const publicUrl = options.publicUrl ?? `http://localhost:${port}`;
  const inside = { ...options, latchkeyToken: undefined, port: 0, publicUrl };
  const map = await startMap(inside, reports.onFailure);
  let gateway: RunningGateway | undefined;
  try {
    gateway = await openGateway({ ...options, port, publicUrl }, map.apiPort, verifierToken, reports);
    await untilReady(gateway);
    const { url: gatewayUrl, close } = gateway;
    return {
      ...map,
      gatewayUrl,
      async close() {
        await close();
        await map.close();
      },
    };
  } catch (error) {
    await gateway?.close();
    await map.close();
    throw error;
  }
}

async function openGateway(
  { host, port, publicUrl, latchkeyUrl }: MapOptions & { readonly publicUrl: string },
  apiPort: number,
  token: string,
  { onWarning }: MapReports,
): Promise<RunningGateway> {
  const options = {
    host: LOOPBACK,
    port: 0,
    server: latchkeyUrl,
    token,
    name: 'maps',
    services: [],
    secretInQuery: 'flag',
    dataDir: undefined,
    publicOrigin: new URL(publicUrl).origin,
    trustedProxies: [],
    purge: [],
    proxy: {
      host,
      port,
      upstream: `http://${LOOPBACK}:${apiPort}`,
      upstreams: new Map<string, string>(),
      keepHost: false,
      connectTimeoutMs: 5_000,
      firstByteTimeoutMs: 60_000,
      idleTimeoutMs: 60_000,
      headerLimitBytes: 32_768,
      bodyLimitBytes: 104_857_600,
      cacheBytes: 67_108_864,
      cacheBodyLimitBytes: 1_048_576,
      cacheWaitMs: 5_000,
      cacheIgnoredHeaders: [],
      sharedCaches: false,
      browserSeconds: 0,
    },
  } as const;
  return startGateway(options, { info: () => undefined, warn: onWarning }).catch((error: unknown) => {
    if (!(error instanceof GatewayError) || error.code !== 'port_in_use') throw error;
    throw new Error(
      `Port ${port} of ${host} is taken by another program: stop it, or set MAP_PORT to another port.`,
      { cause: error },
    );
  });
}

async function untilReady({ url }: RunningGateway): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (!(await fetch(`${url}/readyz`)).ok) {
    if (performance.now() > end) {
      throw new Error('The gateway could not learn of the tokens. Its token needs the scope verifiers:sync.');
    }
    await pause(LOOK_AGAIN_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
