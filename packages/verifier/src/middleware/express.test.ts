import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { latchkeyExpress } from './express.ts';
import { describeAdapter, describeIdentity } from './testing/adapter-suite.ts';
import { sendRaw } from './testing/raw-http.ts';

describeAdapter({
  name: 'express',
  listen: (verifier, options) => {
    const app = express();
    app.use(latchkeyExpress(verifier, options));
    app.use((request, response) => {
      response.send(describeIdentity(request.latchkey));
    });
    return app;
  },
  knownGaps: {},
});

test('below a mounted router the whole path is judged', async () => {
  const app = express();
  const router = express.Router();
  router.use(
    latchkeyExpress(
      {
        verify: () => ({
          allow: false,
          reason: 'no_token',
          detail: undefined,
          scope: undefined,
          token: undefined,
        }),
      },
      { requires: (_, path) => (path === '/v1/open' ? 'open' : []) },
    ),
  );
  router.get('/open', (_, response) => void response.send('open'));
  app.use('/v1', router);
  const server = createServer(app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await sendRaw(port, { method: 'GET', target: '/v1/open', headers: [] });
  server.close();
  expect([answer.status, answer.body]).toEqual([200, 'open']);
});
