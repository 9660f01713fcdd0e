// The shortest API behind the published verifier, in plain JavaScript: what runs in other people's processes. Prints its port.
import { createServer } from 'node:http';
import { createVerifier } from '@latchkey/verifier';
import { latchkeyNode } from '@latchkey/verifier/middleware/node';

const { LATCHKEY_URL, LATCHKEY_TOKEN } = process.env;
const verifier = createVerifier({ url: LATCHKEY_URL, token: LATCHKEY_TOKEN });
const guard = latchkeyNode(verifier, { requires: ['styles:read'] });
const server = createServer((request, response) => {
  guard(request, response, () => response.end(`${process.version} ${request.latchkey.account}`));
});

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void verifier.close();
});

await verifier.ready();
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
