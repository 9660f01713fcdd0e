import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/**
 * A program of its own: hono routes at the Tokens API's addresses that do nothing but read the body and answer fixed
 * JSON. Its argument is the JSON of the three answers; it prints its port.
 */
const [createAnswer, listAnswer, validateAnswer] = JSON.parse(process.argv[2] ?? '[]') as unknown[];

const app = new Hono();
app.post('/tokens/v2/:account', async (context) => {
  await context.req.json();
  return context.json(Object(createAnswer));
});
app.get('/tokens/v2/:account', (context) => context.json(Object(listAnswer)));
app.get('/tokens/v2', (context) => context.json(Object(validateAnswer)));

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(port));
