import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type LatchkeyVariables, latchkeyHono } from './hono.ts';
import { describeAdapter, describeIdentity } from './testing/adapter-suite.ts';

describeAdapter({
  name: 'hono',
  listen: (verifier, options) => {
    const app = new Hono<{ Variables: LatchkeyVariables }>();
    app.use(latchkeyHono(verifier, options));
    app.all('*', (context) => context.body(describeIdentity(context.get('latchkey'))));
    return getRequestListener(app.fetch);
  },
  knownGaps: {},
});
