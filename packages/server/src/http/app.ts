import { Hono } from 'hono';
import type { Feed } from '../feed/feed.ts';
import { createFeedRoutes } from '../feed/routes.ts';
import { createUsageRoutes } from '../usage/routes.ts';
import { takeBatch } from '../usage/take-batch.ts';
import { nativeStyle, tokensApiStyle } from './api-style.ts';
import type { AppDeps } from './app-deps.ts';
import { baseUrlOf } from './base-url.ts';
import type { App, AppContext } from './call-state.ts';
import { mountDashboard } from './dashboard/mount-dashboard.ts';
import { mountDocs } from './docs/mount-docs.ts';
import type { Endpoint } from './endpoint.ts';
import { nativeEndpoints, tokensApiEndpoints } from './endpoints.ts';
import { createEventsEndpoint } from './events-endpoint.ts';
import { authorizeFeed, refuseFeed } from './feed-door.ts';
import { PREFLIGHT_HEADERS } from './headers.ts';
import { mountHealth } from './health.ts';
import { mountOauth } from './oauth/mount-oauth.ts';
import { mountOpenApi } from './openapi/mount-openapi.ts';
import { runEndpoint } from './run-endpoint.ts';
import { mountSession } from './session/mount-session.ts';

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

/**
 * Everything that the server answers. It wants Node's own request (`@hono/node-server`) and the state of the call in its
 * environment; see `createListener`.
 */
export function createApp(deps: AppDeps, feed: Feed): App {
  const app: App = new Hono({ strict: false });
  mountHealth(app, deps);
  mountDashboard(app, deps);
  mountDocs(app, deps);
  mountOpenApi(app);
  mountEndpoints(app, deps, tokensApiEndpoints);
  mountEndpoints(app, deps, nativeEndpoints);
  mountEndpoints(app, deps, [createEventsEndpoint()]);
  mountSession(app, deps);
  mountOauth(app, deps);
  app.route(
    '/',
    createFeedRoutes({
      feed,
      authorize: (context) => authorizeFeed(deps, context),
      refuse: refuseFeed,
      requestIdOf: (context) => context.env.call.requestId,
    }),
  );
  app.route(
    '/',
    createUsageRoutes({
      takeBatch: (delivered) => takeBatch({ ...deps, addresses: deps.usage.addresses }, delivered),
      authorize: (context) => authorizeFeed(deps, context),
      refuse: refuseFeed,
    }),
  );
  app.notFound((context) => answerUnmatched(app, deps, context));
  app.onError((error, context) => answerBroken(error, deps, context));
  return app;
}

function mountEndpoints<Code extends string>(
  app: App,
  deps: AppDeps,
  endpoints: readonly Endpoint<Code>[],
): void {
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(endpoint.method.toUpperCase(), path, (context) => {
      context.env.call.route = endpoint.path;
      return runEndpoint(endpoint, deps, context);
    });
  }
}

/** A path under the Tokens API is answered in its words, every other in the native API's. */
function styleOf(path: string): typeof tokensApiStyle | typeof nativeStyle {
  return /^\/(?:tokens|scopes|statistics)\//.test(path) ? tokensApiStyle : nativeStyle;
}

function answerUnmatched(app: App, deps: AppDeps, context: AppContext): Response {
  const { method, path } = context.req;
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: PREFLIGHT_HEADERS });
  const place = { requestId: context.env.call.requestId, baseUrl: baseUrlOf(deps, context) };
  const allowed = METHODS.filter((other) => app.router.match(other, path)[0].length > 0);
  if (allowed.length > 0) {
    const detail = `${method} is not possible here; ${allowed.join(', ')} is.`;
    const headers = { allow: [...allowed, 'OPTIONS'].join(', ') };
    return styleOf(path).render({ code: 'method_not_allowed', detail, headers }, place);
  }
  const detail = 'There is nothing at this path. /openapi.json lists what there is.';
  return styleOf(path).render({ code: 'route_not_found', detail }, place);
}

/** The cause goes to the log; what leaves names the request only. */
function answerBroken(error: Error, deps: AppDeps, context: AppContext): Response {
  const { call } = context.env;
  deps.log.error({ err: error, requestId: call.requestId, route: call.route }, 'a call failed');
  const place = { requestId: call.requestId, baseUrl: baseUrlOf(deps, context) };
  const detail = 'The server failed; its log has the cause under this requestId.';
  return styleOf(context.req.path).render({ code: 'internal_error', detail }, place);
}
