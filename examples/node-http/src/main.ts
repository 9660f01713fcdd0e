import { createServer } from 'node:http';
import { createVerifier, fetchRouteTable } from '@latchkey/verifier';
import { latchkeyNode } from '@latchkey/verifier/middleware/node';

const {
  LATCHKEY_URL: url = 'http://127.0.0.1:8420',
  LATCHKEY_TOKEN: token = '',
  PORT = '3000',
} = process.env;

const verifier = createVerifier({ url, token, name: 'example-node-http' });
const guard = latchkeyNode(verifier, { requires: await fetchRouteTable(url) });
await verifier.ready();

const server = createServer((request, response) => {
  guard(request, response, () => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ account: request.latchkey?.account, path: request.url }));
  });
});
server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});

process.once('SIGTERM', () => {
  server.close();
  void verifier.close();
});
