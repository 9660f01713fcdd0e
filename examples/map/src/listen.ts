import { createServer, type Server } from 'node:http';
import type { getRequestListener } from '@hono/node-server';

/** A server that holds its port already and answers once it is told how. */
export interface Listening {
  readonly port: number;
  /** To be called in the same turn, before the first request can arrive. */
  answerWith(listener: ReturnType<typeof getRequestListener>): void;
  /** Finishes the requests under way, for at most a second, then closes. */
  close(): Promise<void>;
}

/** How long requests under way may take to finish when the server closes. */
const GRACE_MS = 1_000;

/**
 * Takes a port.
 * @throws Error with a sentence for people when the port is taken or may not be used; `setting` is its name
 */
export async function listen(host: string, port: number, setting: string): Promise<Listening> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portProblem(error, host, port, setting)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return {
    port: address.port,
    answerWith: (listener) => {
      server.on('request', (request, response) => void listener(request, response));
    },
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function portProblem(error: Error, host: string, port: number, setting: string): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} of ${host} is taken by another program: stop it, or set ${setting} to another port.`,
      {
        cause: error,
      },
    );
  }
  if (code === 'EACCES') {
    return new Error(`Port ${port} of ${host} may not be used: set ${setting} to one above 1023.`, {
      cause: error,
    });
  }
  return error;
}
