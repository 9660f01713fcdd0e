import type { Verifier } from '../verifier.ts';
import { addressesIn, clientAddressBehind } from './client-address.ts';
import type { GuardAnswer, GuardOptions } from './guard.ts';
import { createGuard } from './guard.ts';
import type { LatchkeyIdentity } from './identity.ts';
import type { SeenByServer } from './read-fetch-request.ts';
import { readFetchRequest, seenByNodeServer } from './read-fetch-request.ts';

export interface FetchGuardOptions<Rest extends readonly unknown[]> extends GuardOptions {
  /**
   * What the server knows of a request beyond its `Request`: the raw headers, in which a repeated header is still seen, and
   * the peer's address. Gets what the handler gets. By default it is found in the second argument as
   * `@hono/node-server` gives it (`{incoming}`); where it is not, the address is unknown.
   */
  readonly seenByServer?: (request: Request, ...rest: Rest) => SeenByServer;
}

const identities = new WeakMap<Request, LatchkeyIdentity>();

/** Whose request it is; undefined for preflights, open routes, and requests that no middleware of this module let pass. */
export function latchkeyOf(request: Request): LatchkeyIdentity | undefined {
  return identities.get(request);
}

/**
 * Judges fetch requests: the refusal, or undefined where the request passes.
 * @throws TypeError where an option is wrong
 */
export function createFetchGuard<Rest extends readonly unknown[]>(
  verifier: Pick<Verifier, 'verify'>,
  options: FetchGuardOptions<Rest>,
): (request: Request, rest: Rest) => Response | undefined {
  const guard = createGuard(verifier, options);
  const clientAddress = clientAddressBehind(options.trustedProxies ?? []);
  const isDoor = options.doors === undefined ? undefined : addressesIn(options.doors);
  return (request, rest) => {
    const seen = options.seenByServer?.(request, ...rest) ?? seenByNodeServer(rest[0]);
    const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined;
    const countedAs = isDoor?.(seen.peer ?? '') ? request.headers.get('latchkey-token-id') : null;
    const verdict = guard(
      readFetchRequest(request, seen, clientAddress(seen.peer, forwardedFor)),
      countedAs ?? undefined,
    );
    if (!verdict.pass) return responseOf(verdict.answer);
    if (verdict.identity !== undefined) identities.set(request, verdict.identity);
    return undefined;
  };
}

function responseOf({ status, headers, body }: GuardAnswer): Response {
  return new Response(body, { status, headers: { ...headers } });
}
