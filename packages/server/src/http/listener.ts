import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Log } from './app-deps.ts';
import type { CallMetrics } from './call-metrics.ts';
import type { App, Bindings } from './call-state.ts';

/**
 * Joins the app to Node's server: gives each call its id, and writes one line about it when its answer is made. The
 * line names the route's pattern; paths, query strings and headers are never in it.
 */
export function createListener(
  app: App,
  log: Log,
  metrics?: Pick<CallMetrics, 'observe'>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  return getRequestListener(
    async (request, env) => {
      const begun = performance.now();
      const call = { requestId: randomUUID(), route: 'unmatched' };
      // The server that uses this listener speaks HTTP/1.1, so the bindings are those.
      const bindings: Bindings = { ...(env as HttpBindings), call };
      const response = await app.fetch(request, bindings);
      const ms = Math.round((performance.now() - begun) * 100) / 100;
      const { requestId, route } = call;
      metrics?.observe({ route, status: response.status, seconds: ms / 1000 });
      log.info({ method: request.method, route, status: response.status, ms, requestId }, 'call');
      return response;
    },
    { overrideGlobalObjects: true },
  );
}
