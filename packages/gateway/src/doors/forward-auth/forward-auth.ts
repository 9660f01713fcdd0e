import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { readHttpRequest } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import { addressesIn, clientAddressBehind } from '@latchkey/verifier/middleware/client-address';
import type { GuardAnswer, GuardOptions } from '@latchkey/verifier/middleware/guard';
import { createGuard } from '@latchkey/verifier/middleware/guard';
import { identityHeaders } from '../../identity-headers.ts';
import type { Dialect } from './dialect.ts';
import { readOriginalRequest } from './original-request.ts';

/** Why the door would not even look at a request. Either is a mistake in a configuration, or somebody who should not reach the door. */
export type DoorProblem =
  /** The peer is none of the `trustedProxies`, so what it tells of the original request counts for nothing. */
  | 'untrusted_peer'
  /** The original method or target was not told, or told twice. */
  | 'original_request_unclear';

export interface ForwardAuthOptions extends GuardOptions {
  /** Gateways that may ask, and proxies in front of them; nobody by default, and then nobody gets through. */
  readonly trustedProxies?: readonly string[];
  readonly onAllow?: () => void;
  readonly onProblem?: (problem: DoorProblem, peer: string | undefined) => void;
}

/** Answers a gateway's question about one request. */
export type ForwardAuthDoor = (incoming: IncomingMessage, response: ServerResponse) => void;

const NO_HEADERS: string[] = [];

/**
 * A door that a gateway asks before it passes a request on. 204: it may pass, with identity headers where a token was shown; anything
 * else is the refusal. Original method, target and address are taken from a trusted peer alone; a peer that tells no address
 * leaves it unknown.
 * @throws TypeError where an option is wrong
 */
export function createForwardAuthDoor(
  verifier: Pick<Verifier, 'verify'>,
  dialect: Dialect,
  options: ForwardAuthOptions,
): ForwardAuthDoor {
  const { trustedProxies = [], requestId = randomUUID, onAllow, onProblem } = options;
  const guard = createGuard(verifier, options);
  const isTrusted = addressesIn(trustedProxies);
  const clientAddress = clientAddressBehind(trustedProxies);
  const refuse = dialect.hidesAnswers ? refuseInHeaders : refuseOpenly;
  /** A gateway asks many times over one connection. */
  const trustedSockets = new WeakMap<Socket, boolean>();

  function isTrustedSocket(socket: Socket): boolean {
    const known = trustedSockets.get(socket);
    if (known !== undefined) return known;
    const trusted = isTrusted(socket.remoteAddress ?? '');
    trustedSockets.set(socket, trusted);
    return trusted;
  }

  function refuseUnseen(problem: DoorProblem, { socket }: IncomingMessage, response: ServerResponse): void {
    onProblem?.(problem, socket.remoteAddress);
    // Nobody but a gateway may keep a connection: an idle one is never closed from here.
    response.shouldKeepAlive = false;
    const body = JSON.stringify({ message: 'Forbidden', code: problem, requestId: requestId() });
    refuse(response, { status: 403, headers: PROBLEM_HEADERS, body });
  }

  return (incoming, response) => {
    const { socket, rawHeaders } = incoming;
    if (!isTrustedSocket(socket)) {
      refuseUnseen('untrusted_peer', incoming, response);
      return;
    }
    const original = readOriginalRequest(rawHeaders, dialect);
    if (original === undefined) {
      refuseUnseen('original_request_unclear', incoming, response);
      return;
    }
    const address = clientAddress(socket.remoteAddress, original.forwardedFor ?? '');
    const verdict = guard(readHttpRequest(original.method, original.target, rawHeaders, address));
    if (!verdict.pass) {
      refuse(response, verdict.answer);
      return;
    }
    onAllow?.();
    const { identity } = verdict;
    response.writeHead(204, identity === undefined ? NO_HEADERS : identityHeaders(identity)).end();
  };
}

const PROBLEM_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
  'Cache-Control': 'no-store',
  'Content-Type': 'application/json; charset=utf-8',
};

function refuseOpenly(response: ServerResponse, { status, headers, body }: GuardAnswer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** nginx makes a 500 of all but 401 and 403 and drops every body: what it is to answer stands in headers beside. */
function refuseInHeaders(response: ServerResponse, { status, headers, body }: GuardAnswer): void {
  const told = { ...headers, 'Latchkey-Status': String(status), 'Latchkey-Body': inAscii(body) };
  refuseOpenly(response, { status: status === 401 ? 401 : 403, headers: told, body });
}

/** The same JSON, fit for a header. */
function inAscii(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
