import { createVerifier, fetchRouteTable } from '@latchkey/verifier';
import { latchkeyFastify } from '@latchkey/verifier/middleware/fastify';
import fastify from 'fastify';

const {
  LATCHKEY_URL: url = 'http://127.0.0.1:8420',
  LATCHKEY_TOKEN: token = '',
  PORT = '3000',
} = process.env;

const verifier = createVerifier({ url, token, name: 'example-fastify' });
const app = fastify();
await app.register(latchkeyFastify, { verifier, requires: await fetchRouteTable(url) });
app.get('/maps/:id', async (request) => ({ account: request.latchkey?.account, path: request.url }));
await verifier.ready();

await app.listen({ port: Number(PORT), host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify(app.server.address())}\n`);

process.once('SIGTERM', () => {
  void app.close();
  void verifier.close();
});
