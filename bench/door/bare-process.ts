import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A bare server that answers every request with the status of its argument, and prints its port.
// Run by forward-auth.ts: bare-process.ts 204|200

const status = Number(process.argv[2]);
const server = createServer(
  status === 204
    ? (_, response) => void response.writeHead(204).end()
    : (_, response) => void response.writeHead(status, { 'Content-Length': 2 }).end('{}'),
);
// An idle connection may be kept as long as the door keeps one: closing and opening them is not what is measured.
server.keepAliveTimeout = 75_000;
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log((server.address() as AddressInfo).port);
process.once('SIGTERM', () => process.exit());
