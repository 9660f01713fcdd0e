import { createServer, type Server } from 'node:http';
import type { ReverseProxyDoor } from './reverse-proxy.ts';

/** How long a client may take over the head of a request. */
const HEAD_TIMEOUT_MS = 60_000;
/** Longer than balancers keep an idle connection (most: 60 s), so that the door never closes one that is being written to. */
const KEEP_ALIVE_MS = 75_000;

/**
 * The server of a reverse-proxy door, not listening yet. Its parser is strict: what two servers could read in two ways is refused.
 * @param door the one in force: asked for each request
 */
export function listenWith(door: () => ReverseProxyDoor, headerLimitBytes: number): Server {
  const server = createServer({
    insecureHTTPParser: false,
    requireHostHeader: true,
    maxHeaderSize: headerLimitBytes,
    headersTimeout: HEAD_TIMEOUT_MS,
    // A body may take its time while it goes on; the door watches that.
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Whoever offers another protocol is served in this one (RFC 9110 §7.8). Node 22 leaves it to the door, which declines.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  // Node would drop headers past a number silently, and a second Authorization among them.
  server.maxHeadersCount = 0;
  server.on('request', (incoming, response) => door().onRequest(incoming, response));
  server.on('checkContinue', (incoming, response) => door().onCheckContinue(incoming, response));
  server.on('upgrade', (incoming, socket, head) => door().onUpgrade(incoming, socket, head));
  server.on('clientError', (error, socket) => door().onClientError(error, socket));
  return server;
}
