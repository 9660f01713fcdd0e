import type { IncomingMessage, ServerResponse } from 'node:http';
import { readHttpRequest } from '@latchkey/core';
import type { Verifier } from '../verifier.ts';
import { clientAddressBehind } from './client-address.ts';
import type { GuardOptions } from './guard.ts';
import { createGuard } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';

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
 * A middleware for `node:http` and for all that speaks `(request, response, next)`, as Express and connect do. Calls
 * `next` for requests that pass, with `request.latchkey` set, and for CORS preflights; answers all others. A preflight
 * is not checked, and anyone can send one: a handler that does not look at the method must give out nothing where
 * `request.latchkey` is absent. A token in the query stays in `request.url`: keep query strings out of logs.
 *
 * @example
 * const guard = latchkeyNode(verifier, { requires: ['styles:read'] });
 * http.createServer((request, response) => guard(request, response, () => handle(request, response)));
 * @throws TypeError where an option is wrong
 */
export function latchkeyNode(verifier: Pick<Verifier, 'verify'>, options: GuardOptions): NodeMiddleware {
  const guard = createGuard(verifier, options);
  const clientAddress = clientAddressBehind(options.trustedProxies ?? []);

  return (incoming, response, next) => {
    const forwardedFor = incoming.headers['x-forwarded-for'];
    const forwarded = Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor;
    const address = clientAddress(incoming.socket.remoteAddress, forwarded);
    const target = targetOf(incoming);
    const verdict = guard(readHttpRequest(incoming.method ?? 'GET', target, incoming.rawHeaders, address));
    if (verdict.pass) {
      if (verdict.identity !== undefined) incoming.latchkey = verdict.identity;
      next();
      return;
    }
    const { status, headers, body } = verdict.answer;
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  };
}

/** Express cuts `url` where a router is mounted; restrictions on resources are about the whole path. */
function targetOf(incoming: IncomingMessage): string {
  const original: unknown = 'originalUrl' in incoming ? incoming.originalUrl : undefined;
  return typeof original === 'string' ? original : (incoming.url ?? '/');
}
