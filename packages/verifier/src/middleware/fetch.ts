import type { Verifier } from '../verifier.ts';
import type { FetchGuardOptions } from './fetch-guard.ts';
import { createFetchGuard, responseOf, setIdentity } from './fetch-guard.ts';

export type { FetchGuardOptions } from './fetch-guard.ts';
export { latchkeyOf } from './fetch-guard.ts';
export type { GuardOptions } from './guard.ts';
export type { LatchkeyIdentity } from './identity.ts';
export type { Requires } from './required-scopes.ts';
export type { SeenByServer } from './seen-by-server.ts';

type Handler<Rest extends readonly unknown[]> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

/**
 * Wraps a fetch handler: `latchkeyFetch(verifier, options)(app.fetch)`. The handler sees requests that pass, for which
 * {@link latchkeyOf} tells whose they are, and CORS preflights, which are not checked: a handler that does not look at
 * the method must give out nothing where it is undefined. All others are answered here. A token in the query stays in
 * `request.url`: keep query strings out of logs.
 * @throws TypeError where an option is wrong
 */
export function latchkeyFetch<Rest extends readonly unknown[]>(
  verifier: Pick<Verifier, 'verify'>,
  options: FetchGuardOptions<Rest>,
): (handler: Handler<Rest>) => Handler<Rest> {
  const guard = createFetchGuard(verifier, options);
  return (handler) =>
    (request, ...rest) => {
      const verdict = guard(request, ...rest);
      if (!verdict.pass) return responseOf(verdict.answer);
      if (verdict.identity !== undefined) setIdentity(request, verdict.identity);
      return handler(request, ...rest);
    };
}
