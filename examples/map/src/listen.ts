import { createServer, type RequestListener, type Server } from 'node:http';

/** A server that holds its port. Until it is told how to answer it answers 503, with `Retry-After`. */
export interface Listening {
  readonly port: number;
  answerWith(listener: RequestListener): void;
  /** Finishes the requests under way, for at most a second, then closes. */
  close(): Promise<void>;
}

/** How long requests under way may take to finish when the server closes. */
const GRACE_MS = 1_000;

/**
 * Takes a port.
 * @param setting the name under which people set this port
 * @throws Error with a sentence for people when the port is taken or may not be used
 */
export async function listen(host: string, port: number, setting: string): Promise<Listening> {
  let answer: RequestListener = (_, response) => {
    response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' });
    response.end('{"message":"Service Unavailable","code":"starting"}');
  };
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portProblem(error, host, port, setting)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return {
    port: address.port,
    answerWith: (listener) => {
      answer = listener;
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
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new Error(`Port ${port} of ${host} may not be used: set ${setting} to one above 1023.`, {
      cause: error,
    });
  }
  return error;
}
