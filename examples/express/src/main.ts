import { createVerifier, fetchRouteTable } from '@latchkey/verifier';
import { latchkeyExpress } from '@latchkey/verifier/middleware/express';
import express from 'express';

const {
  LATCHKEY_URL: url = 'http://127.0.0.1:8420',
  LATCHKEY_TOKEN: token = '',
  PORT = '3000',
} = process.env;

const verifier = createVerifier({ url, token, name: 'example-express' });
const app = express();
app.use(latchkeyExpress(verifier, { requires: await fetchRouteTable(url) }));
app.get('/maps/:id', (request, response) => {
  response.json({ account: request.latchkey?.account, path: request.path });
});
await verifier.ready();

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});

process.once('SIGTERM', () => {
  server.close();
  void verifier.close();
});
