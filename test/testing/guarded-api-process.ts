import { createServer } from 'node:http';
import { createVerifier } from '@latchkey/verifier';
import { latchkeyNode } from '@latchkey/verifier/middleware/node';
import { parseCursor } from '@latchkey/wire/feed';

// A program of its own: an API that does nothing, behind the verifier's middleware. It prints `{"port"}` once its replica
// is complete. `/-/status` tells, unguarded, how its verifier is doing; every other path is guarded.

const { LATCHKEY_URL = '', LATCHKEY_TOKEN = '', REQUIRES = '', VERIFIER_NAME = '', FOLDER } = process.env;

const verifier = createVerifier({
  url: LATCHKEY_URL,
  token: LATCHKEY_TOKEN,
  name: VERIFIER_NAME,
  ...(FOLDER === undefined ? {} : { folder: FOLDER }),
  onStatus: (status) => process.stderr.write(`${JSON.stringify(status)}\n`),
});
const guard = latchkeyNode(verifier, {
  requires: REQUIRES.split(' ').filter((scope) => scope !== ''),
  onRefuse: ({ reason, detail }, { method }) =>
    process.stderr.write(`${JSON.stringify({ method, reason, detail })}\n`),
});

const server = createServer((request, response) => {
  if (request.url === '/-/status') {
    const status = verifier.status();
    const cursor = status.cursor === undefined ? undefined : parseCursor(status.cursor);
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ ...status, revision: cursor?.revision ?? null }));
    return;
  }
  guard(request, response, () => {
    const { latchkey } = request;
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ account: latchkey?.account, token: latchkey?.tokenId }));
  });
});

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void verifier.close();
});

await verifier.ready();
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string')
    process.stdout.write(`${JSON.stringify({ port: address.port })}\n`);
});
