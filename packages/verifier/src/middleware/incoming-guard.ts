import type { IncomingMessage } from 'node:http';
import { readHttpRequest } from '@latchkey/core';
import type { Verifier } from '../verifier.ts';
import { addressesIn, clientAddressBehind } from './client-address.ts';
import { findForwardedFor } from './forwarded-for.ts';
import type { GuardOptions, GuardVerdict } from './guard.ts';
import { createGuard } from './guard.ts';

/** Judges a request of Node's. `target` is the request target as the handler's router reads it: `/styles/v1/acme?fresh=true`. */
export type IncomingGuard = (incoming: IncomingMessage, target: string) => GuardVerdict;

/**
 * The part of the middlewares on `node:http` that knows no framework. Headers are read raw: Node's parsed ones drop a second
 * `Authorization` or `Referer` silently.
 * @throws TypeError where an option is wrong
 */
export function createIncomingGuard(
  verifier: Pick<Verifier, 'verify'>,
  options: GuardOptions,
): IncomingGuard {
  const guard = createGuard(verifier, options);
  const { trustedProxies = [] } = options;
  const clientAddress = clientAddressBehind(trustedProxies);
  const isForwarded = trustedProxies.length > 0;
  const isDoor = options.doors === undefined ? undefined : addressesIn(options.doors);

  return (incoming, target) => {
    const { rawHeaders, socket } = incoming;
    const forwardedFor = isForwarded ? findForwardedFor(rawHeaders) : undefined;
    const address = clientAddress(socket.remoteAddress, forwardedFor);
    const request = readHttpRequest(incoming.method ?? 'GET', target, rawHeaders, address);
    if (isDoor === undefined || !isDoor(socket.remoteAddress ?? '')) return guard(request);
    // Repeats are joined by a comma, and no id has one.
    return guard(request, String(incoming.headers['latchkey-token-id'] ?? ''));
  };
}
