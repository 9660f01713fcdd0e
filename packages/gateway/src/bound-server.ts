import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayError } from './gateway-error.ts';

/** How long answers under way may take to finish. */
const STOP_LIMIT_MS = 5_000;

/**
 * @param port 0: any free one
 * @returns the port
 * @throws GatewayError when the port cannot be had
 */
export async function bind(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'port_in_use' : 'cannot_listen';
      const message = `Cannot listen on ${host} port ${port}: ${error.message}`;
      reject(new GatewayError(code, message, { cause: error, place: { host, port } }));
    });
    server.listen(port, host, resolve);
  });
  // A server that listens on a port has an address of this form.
  return (server.address() as AddressInfo).port;
}

/** Where people reach a server that listens on this address. */
export function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** Takes no more requests, lets those under way finish, then ends. */
export async function stopServer(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), STOP_LIMIT_MS);
  await ended;
  clearTimeout(late);
}
