import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Verifier } from '../verifier.ts';
import type { GuardOptions } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';
import { createIncomingGuard } from './incoming-guard.ts';

export type { GuardOptions } from './guard.ts';
export type { LatchkeyIdentity } from './identity.ts';
export type { Requires } from './required-scopes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `latchkeyFastify` or `latchkeyHook` before the handler runs; absent on preflights and open routes. */
    latchkey?: LatchkeyIdentity;
  }
}

export interface FastifyGuardOptions extends GuardOptions {
  readonly verifier: Pick<Verifier, 'verify'>;
}

export type FastifyHook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/**
 * A plugin for Fastify 5 that guards every route of the instance it is registered on, and those below:
 * `app.register(latchkeyFastify, { verifier, requires })`. Requests that pass have `request.latchkey`; CORS preflights pass without;
 * all others are answered. A preflight is not checked, and anyone can send one: a handler that does not look at the method must give
 * out nothing where `request.latchkey` is absent. Register it before the routes. A token in the query stays in `request.url`: switch Fastify's
 * request log off, or leave the query out of it.
 * @throws TypeError where an option is wrong
 */
export async function latchkeyFastify(
  fastify: FastifyInstance,
  { verifier, ...options }: FastifyGuardOptions,
): Promise<void> {
  fastify.addHook('onRequest', latchkeyHook(verifier, options));
}

// Without this mark Fastify would keep the hook to the plugin's own routes, of which there are none.
Object.assign(latchkeyFastify, { [Symbol.for('skip-override')]: true });

/**
 * The same for single routes: `{ onRequest: latchkeyHook(verifier, { requires: ['styles:write'] }) }`.
 * @throws TypeError where an option is wrong
 */
export function latchkeyHook(verifier: Pick<Verifier, 'verify'>, options: GuardOptions): FastifyHook {
  const guard = createIncomingGuard(verifier, options);
  return (request, reply, done) => {
    const verdict = guard(request.raw, request.url);
    if (!verdict.pass) {
      const { status, headers, body } = verdict.answer;
      reply.code(status).headers(headers).send(body);
      return;
    }
    if (verdict.identity !== undefined) request.latchkey = verdict.identity;
    done();
  };
}
