import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Verifier } from '../verifier.ts';
import type { GuardOptions } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';
import { createIncomingGuard } from './incoming-guard.ts';
import { sendAnswer } from './send-answer.ts';

export type { GuardOptions } from './guard.ts';
export type { LatchkeyIdentity } from './identity.ts';
export type { Requires } from './required-scopes.ts';

declare global {
  // The place where Express's types leave room for what middlewares add.
  namespace Express {
    interface Request {
      /** Set by `latchkeyExpress` before the handler runs; absent on preflights and open routes. */
      latchkey?: LatchkeyIdentity;
    }
  }
}

/** What Express gives to a middleware, as far as it is used here. */
export type ExpressLikeRequest = IncomingMessage & { readonly originalUrl: string } & Express.Request;

export type ExpressMiddleware = (
  request: ExpressLikeRequest,
  response: ServerResponse,
  next: () => void,
) => void;

/**
 * A middleware for Express 5: `app.use(latchkeyExpress(verifier, options))`, or for one router or route. Calls `next` for
 * requests that pass, with `request.latchkey` set, and for CORS preflights; answers all others. Paths are judged whole,
 * also below a mounted router. A preflight is not checked, and anyone can send one: a handler that does not look at the method must
 * give out nothing where `request.latchkey` is absent. A token in the query stays in `request.url` and `request.query`: keep query
 * strings out of logs.
 * @throws TypeError where an option is wrong
 */
export function latchkeyExpress(
  verifier: Pick<Verifier, 'verify'>,
  options: GuardOptions,
): ExpressMiddleware {
  const guard = createIncomingGuard(verifier, options);
  return (request, response, next) => {
    const verdict = guard(request, request.originalUrl);
    if (!verdict.pass) {
      sendAnswer(response, verdict.answer);
      return;
    }
    if (verdict.identity !== undefined) request.latchkey = verdict.identity;
    next();
  };
}
