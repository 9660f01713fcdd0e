import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeAdapter } from '../../../../verifier/src/middleware/testing/adapter-suite.ts';
import { describeArrived } from '../../testing/forward-auth-gateway.ts';
import { LIMITS, type RunningProxy, startApi } from '../../testing/reverse-proxy-before.ts';
import { openUpstreams } from '../../upstream/undici-forward.ts';
import { createReverseProxyDoor } from './reverse-proxy.ts';
import { createTunnels } from './tunnels.ts';

describe('through the reverse proxy', () => {
  const upstreams = openUpstreams(LIMITS);
  const tunnels = createTunnels(upstreams.openTunnel, { requestId: () => 'request-1', onFailure: undefined });
  const behind = { forward: upstreams.forward, tunnels };
  let api: RunningProxy;
  beforeAll(async () => {
    api = await startApi((incoming, response) => {
      response.end(describeArrived((name) => [incoming.headers[name]].flat()[0]));
    });
  });
  afterAll(async () => {
    await upstreams.close();
    await api.close();
  });

  describeAdapter({
    name: 'the decision',
    listen: (verifier, options): RequestListener =>
      createReverseProxyDoor(verifier, behind, {
        ...LIMITS,
        ...options,
        upstream: `http://127.0.0.1:${api.port}`,
      }).onRequest,
    knownGaps: {},
  });
});
