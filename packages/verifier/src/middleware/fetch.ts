import type { Verifier } from '../verifier.ts';
import { clientAddressBehind } from './client-address.ts';
import type { GuardAnswer, GuardOptions } from './guard.ts';
import { createGuard } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';
import type { SeenByServer } from './read-fetch-request.ts';
import { readFetchRequest, seenByNodeServer } from './read-fetch-request.ts';

export type { GuardOptions } from './guard.ts';
export type { LatchkeyIdentity } from './identity.ts';
export type { SeenByServer } from './read-fetch-request.ts';
export type { Requires } from './required-scopes.ts';

export interface FetchGuardOptions<Rest extends readonly unknown[]> extends GuardOptions {
  /**
   * What the server knows of a request beyond its `Request`: the raw headers, in which a repeated header is still seen, and
   * the peer's address. Gets what the handler gets. By default it is found in the second argument as
   * `@hono/node-server` gives it (`{incoming}`); where it is not, the address is unknown.
   */
  readonly seenByServer?: (request: Request, ...rest: Rest) => SeenByServer;
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

type Handler<Rest extends readonly unknown[]> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

const identities = new WeakMap<Request, LatchkeyIdentity>();

/** Whose request it is; undefined for preflights, open routes, and requests that no middleware of this module let pass. */
export function latchkeyOf(request: Request): LatchkeyIdentity | undefined {
  return identities.get(request);
}

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
  const judge = createJudge(verifier, options);
  return (handler) =>
    (request, ...rest) =>
      judge(request, rest) ?? handler(request, ...rest);
}

/**
 * A middleware of Hono's shape: `app.use(latchkeyHono(verifier, options))`. Sets `latchkey` in the context.
 * @throws TypeError where an option is wrong
 */
export function latchkeyHono(
  verifier: Pick<Verifier, 'verify'>,
  options: FetchGuardOptions<readonly [unknown]>,
): HonoLikeMiddleware {
  const judge = createJudge(verifier, options);
  return async (context, next) => {
    const request = context.req.raw;
    const refusal = judge(request, [context.env]);
    if (refusal !== undefined) return refusal;
    const identity = identities.get(request);
    if (identity !== undefined) context.set('latchkey', identity);
    await next();
    return undefined;
  };
}

/** The refusal, or undefined where the request passes. */
function createJudge<Rest extends readonly unknown[]>(
  verifier: Pick<Verifier, 'verify'>,
  options: FetchGuardOptions<Rest>,
): (request: Request, rest: Rest) => Response | undefined {
  const guard = createGuard(verifier, options);
  const clientAddress = clientAddressBehind(options.trustedProxies ?? []);
  return (request, rest) => {
    const seen = options.seenByServer?.(request, ...rest) ?? seenByNodeServer(rest[0]);
    const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined;
    const verdict = guard(readFetchRequest(request, seen, clientAddress(seen.peer, forwardedFor)));
    if (!verdict.pass) return responseOf(verdict.answer);
    if (verdict.identity !== undefined) identities.set(request, verdict.identity);
    return undefined;
  };
}

function responseOf({ status, headers, body }: GuardAnswer): Response {
  return new Response(body, { status, headers: { ...headers } });
}
