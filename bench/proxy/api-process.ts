import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// An API that answers every request at once, with a small JSON document and the headers that such an answer has.
// Run by proxy.ts; prints its port.

const body = Buffer.from(JSON.stringify({ version: 8, name: 'streets', layers: 'x'.repeat(400) }));
const headers = [
  ['Content-Type', 'application/json; charset=utf-8'],
  ['Content-Length', String(body.length)],
  ['Cache-Control', 'private, max-age=60'],
  ['ETag', '"5f3c1b2a"'],
  ['Access-Control-Allow-Origin', '*'],
  ['Vary', 'Accept-Encoding'],
].flat();

const server = createServer((_, response) => {
  response.writeHead(200, headers).end(body);
});
server.keepAliveTimeout = 60_000;
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log((server.address() as AddressInfo).port);
process.once('SIGTERM', () => process.exit());
