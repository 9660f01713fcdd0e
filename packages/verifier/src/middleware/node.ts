import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Verifier } from '../verifier.ts';
import type { GuardOptions } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';
import { createIncomingGuard } from './incoming-guard.ts';
import { sendAnswer } from './send-answer.ts';

export type { GuardOptions } from './guard.ts';
export type { LatchkeyIdentity } from './identity.ts';
export type { Requires } from './required-scopes.ts';

declare module 'node:http' {
  interface IncomingMessage {
    /** Set by `latchkeyNode` before the handler runs; absent on preflights and open routes. */
    latchkey?: LatchkeyIdentity;
  }
}

export type NodeMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * A middleware for `node:http` and for all that speaks `(request, response, next)`, as connect does. Calls `next` for requests
 * that pass, with `request.latchkey` set, and for CORS preflights; answers all others. A preflight is not checked, and anyone
 * can send one: a handler that does not look at the method must give out nothing where `request.latchkey` is absent. A token in
 * the query stays in `request.url`: keep query strings out of logs.
 *
 * @example
 * const guard = latchkeyNode(verifier, { requires: ['styles:read'] });
 * http.createServer((request, response) => guard(request, response, () => handle(request, response)));
 * @throws TypeError where an option is wrong
 */
export function latchkeyNode(verifier: Pick<Verifier, 'verify'>, options: GuardOptions): NodeMiddleware {
  const guard = createIncomingGuard(verifier, options);
  return (incoming, response, next) => {
    const verdict = guard(incoming, targetOf(incoming));
    if (!verdict.pass) {
      sendAnswer(response, verdict.answer);
      return;
    }
    if (verdict.identity !== undefined) incoming.latchkey = verdict.identity;
    next();
  };
}

/** connect cuts `url` where a handler is mounted; restrictions on resources are about the whole path. */
function targetOf(incoming: IncomingMessage): string {
  const original: unknown = 'originalUrl' in incoming ? incoming.originalUrl : undefined;
  return typeof original === 'string' ? original : (incoming.url ?? '/');
}
