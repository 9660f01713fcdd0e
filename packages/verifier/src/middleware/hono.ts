import type { Verifier } from '../verifier.ts';
import type { FetchGuardOptions } from './fetch-guard.ts';
import { createFetchGuard, responseOf } from './fetch-guard.ts';
import type { LatchkeyIdentity } from './identity.ts';

export type { FetchGuardOptions } from './fetch-guard.ts';
export type { GuardOptions } from './guard.ts';
export type { LatchkeyIdentity } from './identity.ts';
export type { Requires } from './required-scopes.ts';
export type { SeenByServer } from './seen-by-server.ts';

/** For `new Hono<{ Variables: LatchkeyVariables }>()`: types `context.get('latchkey')`. */
export interface LatchkeyVariables {
  /** Whose request it is; undefined on preflights and open routes. */
  latchkey?: LatchkeyIdentity;
}

/** What Hono gives to a middleware, as far as it is used here. */
export interface HonoLikeContext {
  readonly req: { readonly raw: Request };
  readonly env: unknown;
  set(key: 'latchkey', identity: LatchkeyIdentity): void;
}

export type HonoLikeMiddleware = (
  context: HonoLikeContext,
  next: () => Promise<void>,
) => Promise<Response | undefined>;

/**
 * A middleware for Hono: `app.use(latchkeyHono(verifier, options))`. Sets `latchkey` in the context of requests that pass; answers
 * those that do not; CORS preflights pass without. A preflight is not checked, and anyone can send one: a handler
 * that does not look at the method must give out nothing where `latchkey` is undefined. A token in the query stays in `request.url`: keep query strings out of logs.
 * @throws TypeError where an option is wrong
 */
export function latchkeyHono(
  verifier: Pick<Verifier, 'verify'>,
  options: FetchGuardOptions<readonly [unknown]>,
): HonoLikeMiddleware {
  const guard = createFetchGuard(verifier, options);
  // Not async: each promise more on the way costs as much as the decision.
  return (context, next) => {
    const verdict = guard(context.req.raw, context.env);
    if (!verdict.pass) return Promise.resolve(responseOf(verdict.answer));
    if (verdict.identity !== undefined) context.set('latchkey', verdict.identity);
    return next() as Promise<undefined>;
  };
}
