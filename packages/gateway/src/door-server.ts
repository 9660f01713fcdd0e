import { createServer, type RequestListener, type Server } from 'node:http';

/** How long a connection may be silent before the system asks whether its other end is still there. */
const PROBE_AFTER_MS = 60_000;
/** A gateway adds the whole target to headers that it allowed already (nginx: 32 KiB). */
const HEADER_LIMIT_BYTES = 65_536;

/**
 * A server for the questions of gateways. It never closes an idle connection, because a question could be on its way: gateways
 * do, and the system where their machine is gone. Answers to others must end the connection.
 */
export function createDoorServer(listener: RequestListener): Server {
  const options = {
    maxHeaderSize: HEADER_LIMIT_BYTES,
    // Questions have no body, and without this Node makes a stream for each; a body that comes all the same is read to its end.
    optimizeEmptyRequests: true,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_AFTER_MS,
  };
  const server = createServer(options, listener);
  // Node would drop headers past a number silently, and a second Authorization among them.
  server.maxHeadersCount = 0;
  server.keepAliveTimeout = 0;
  return server;
}
