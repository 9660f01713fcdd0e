import { serve } from '@hono/node-server';
import { createVerifier, fetchRouteTable } from '@latchkey/verifier';
import { type LatchkeyVariables, latchkeyHono } from '@latchkey/verifier/middleware/hono';
import { Hono } from 'hono';

const {
  LATCHKEY_URL: url = 'http://127.0.0.1:8420',
  LATCHKEY_TOKEN: token = '',
  PORT = '3000',
} = process.env;

const verifier = createVerifier({ url, token, name: 'example-hono' });
const app = new Hono<{ Variables: LatchkeyVariables }>();
app.use(latchkeyHono(verifier, { requires: await fetchRouteTable(url) }));
app.get('/maps/:id', (context) =>
  context.json({ account: context.get('latchkey')?.account, path: context.req.path }),
);
await verifier.ready();

const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, (address) => {
  process.stdout.write(`${JSON.stringify(address)}\n`);
});

process.once('SIGTERM', () => {
  server.close();
  void verifier.close();
});
