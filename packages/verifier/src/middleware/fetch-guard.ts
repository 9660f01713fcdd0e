import type { Verifier } from '../verifier.ts';
import { addressesIn, clientAddressBehind } from './client-address.ts';
import { findForwardedFor } from './forwarded-for.ts';
import type { GuardAnswer, GuardOptions, GuardVerdict } from './guard.ts';
import { createGuard } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';
import { readFetchRequest } from './read-fetch-request.ts';
import type { SeenByServer } from './seen-by-server.ts';
import { seenByKnownServer } from './seen-by-server.ts';

export interface FetchGuardOptions<Rest extends readonly unknown[]> extends GuardOptions {
  /**
   * What the server knows of a request beyond its `Request`: the raw headers, in which a repeated header is still seen, and
   * the peer's address. Gets what the handler gets. By default it is found in the second argument as `@hono/node-server`
   * (`{incoming}`), `Bun.serve` (the server) and `Deno.serve` (`{remoteAddr}`) give it; where it is not, the address is unknown.
   */
  readonly seenByServer?: (request: Request, ...rest: Rest) => SeenByServer;
}

/**
 * Where the identity stands: on the request itself, under a name that only this module has. A WeakMap would cost more than the
 * decision, because the collector has to look through it at each short-lived request.
 */
const IDENTITY = Symbol('latchkey');

interface Identified {
  [IDENTITY]?: LatchkeyIdentity;
}

/** Whose request it is; undefined for preflights, open routes, and requests that no middleware of this module let pass. */
export function latchkeyOf(request: Request & Identified): LatchkeyIdentity | undefined {
  return request[IDENTITY];
}

/** Remembers whose request it is, for {@link latchkeyOf}. */
export function setIdentity(request: Request & Identified, identity: LatchkeyIdentity): void {
  request[IDENTITY] = identity;
}

/**
 * Judges fetch requests.
 * @throws TypeError where an option is wrong
 */
export function createFetchGuard<Rest extends readonly unknown[]>(
  verifier: Pick<Verifier, 'verify'>,
  options: FetchGuardOptions<Rest>,
): (request: Request, ...rest: Rest) => GuardVerdict {
  const guard = createGuard(verifier, options);
  const { trustedProxies = [], seenByServer } = options;
  const clientAddress = clientAddressBehind(trustedProxies);
  const isForwarded = trustedProxies.length > 0;
  const isDoor = options.doors === undefined ? undefined : addressesIn(options.doors);
  return (request, ...rest) => {
    const seen = seenByServer?.(request, ...rest) ?? seenByKnownServer(rest[0], request);
    const forwardedFor = isForwarded ? forwardedForOf(request, seen) : undefined;
    const read = readFetchRequest(request, seen, clientAddress(seen.peer, forwardedFor));
    if (isDoor === undefined || !isDoor(seen.peer ?? '')) return guard(read);
    return guard(read, request.headers.get('latchkey-token-id') ?? undefined);
  };
}

function forwardedForOf(request: Request, { rawHeaders }: SeenByServer): string | undefined {
  if (rawHeaders !== undefined) return findForwardedFor(rawHeaders);
  return request.headers.get('x-forwarded-for') ?? undefined;
}

/** The refusal, as a fetch handler answers it. */
export function responseOf({ status, headers, body }: GuardAnswer): Response {
  return new Response(body, { status, headers: { ...headers } });
}
