import type { AppDeps } from '../app-deps.ts';
import type { App } from '../call-state.ts';
import { runSessionEndpoint } from './run-session-endpoint.ts';
import { sessionEndpoints } from './session-endpoints.ts';

/** Sign-in, sessions, and what people do with their own person. */
export function mountSession(app: App, deps: AppDeps): void {
  for (const endpoint of sessionEndpoints) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(endpoint.method.toUpperCase(), path, (context) => {
      context.env.call.route = endpoint.path;
      return runSessionEndpoint(endpoint, deps, context);
    });
  }
}
