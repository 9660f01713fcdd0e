import { getRequestListener } from '@hono/node-server';
import { latchkeyFetch, latchkeyOf } from './fetch.ts';
import { describeAdapter, describeIdentity } from './testing/adapter-suite.ts';

describeAdapter({
  name: 'a fetch handler on node:http',
  listen: (verifier, options) => {
    const guarded = latchkeyFetch<[unknown]>(verifier, options);
    return getRequestListener(guarded((request) => new Response(describeIdentity(latchkeyOf(request)))));
  },
  knownGaps: {},
});

describeAdapter({
  name: 'a fetch handler that sees no raw headers',
  listen: (verifier, options) => {
    const guarded = latchkeyFetch<[{ incoming: { socket: { remoteAddress?: string } } }]>(verifier, {
      ...options,
      seenByServer: (_, { incoming }) => ({ peer: incoming.socket.remoteAddress }),
    });
    return getRequestListener((request, env) =>
      guarded((passed) => new Response(describeIdentity(latchkeyOf(passed))))(request, env as never),
    );
  },
  knownGaps: {},
});
