import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { CheckRequest, RouteTable } from '@latchkey/core';
import { isPreflight, originForm, readHttpRequest, withoutQueryToken } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import type { Guard, GuardAnswer, GuardOptions } from '@latchkey/verifier/middleware/guard';
import { createGuard } from '@latchkey/verifier/middleware/guard';
import type { Forward, UpstreamRequest } from '../../upstream/forward.ts';
import { type BodyLimits, ClientBody } from './client-body.ts';
import { answerBytes, type DoorCode, doorAnswer, preflightAnswer } from './door-answers.ts';
import { readFraming } from './framing.ts';
import { createPeers, type Peer } from './peer.ts';
import { Relay, type RelayWatch } from './relay.ts';
import { closeBehind, type Tunnels } from './tunnels.ts';
import { upstreamHeaders } from './upstream-headers.ts';

export interface ReverseProxyOptions extends GuardOptions, BodyLimits {
  /** Where the API is, `http://127.0.0.1:3000`; undefined: each service has its own. */
  readonly upstream: string | undefined;
  /** By name of the service, where a service has an API of its own. Only a route table tells services apart. */
  readonly upstreams?: ReadonlyMap<string, string>;
  /** The API gets the client's `Host`, not its own. */
  readonly keepHost?: boolean;
  readonly onAllow?: () => void;
  /** Told of each answer of the door's own that is no decision; `origin` is the API's, or empty where it was not asked. */
  readonly onFailure?: (code: DoorCode, origin: string) => void;
}

/** What a server of `node:http` calls. */
export interface ReverseProxyDoor {
  onRequest(incoming: IncomingMessage, response: ServerResponse): void;
  /** `Expect: 100-continue`: the client hears a refusal before it sends its body. */
  onCheckContinue(incoming: IncomingMessage, response: ServerResponse): void;
  onUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  onClientError(error: NodeJS.ErrnoException, socket: Duplex): void;
}

/**
 * A door that stands before an API: what is allowed goes through to it, without the token and with identity headers; all else is answered
 * here, readably for pages. CORS preflights go to the API of the route that they announce.
 * @throws TypeError where an option is wrong
 */
export function createReverseProxyDoor(
  verifier: Pick<Verifier, 'verify'>,
  { forward, tunnels }: { readonly forward: Forward; readonly tunnels: Tunnels },
  options: ReverseProxyOptions,
): ReverseProxyDoor {
  const { trustedProxies = [], requestId = randomUUID, onAllow, onFailure, keepHost = false } = options;
  const guard = createGuard(verifier, options);
  const peers = createPeers(trustedProxies);
  const originOf = originFinder(options);
  const rules = { keepHost };
  const watch: RelayWatch = { requestId, onFailure };
  const recheck: Guard = createGuard(verifier, { ...options, onRefuse: () => undefined });

  function ownAnswer(code: DoorCode): GuardAnswer {
    onFailure?.(code, '');
    return doorAnswer(code, requestId());
  }

  function readCheck({ method = '', url = '', rawHeaders }: IncomingMessage, address: string | undefined) {
    return readHttpRequest(method, url, rawHeaders, address);
  }

  /** The request as it goes to the API, without its body; or the answer that it gets here. */
  function admit(incoming: IncomingMessage, peer: Peer, hasBody: boolean): UpstreamRequest | GuardAnswer {
    const check = readCheck(incoming, peers.clientAddress(peer, incoming));
    const verdict = guard(check);
    if (!verdict.pass) return verdict.answer;
    const origin = originOf(check);
    if (origin === 'no_route') {
      return preflightAnswer(
        String(check.preflightMethod),
        incoming.headers['access-control-request-headers'],
      );
    }
    if (origin === undefined) return ownAnswer('upstream_unavailable');
    const { identity } = verdict;
    const forwardedBy = peers.forwardedBy(peer, incoming);
    const headers = upstreamHeaders(incoming.rawHeaders, identity, forwardedBy, hasBody, rules);
    const form = originForm(incoming.url ?? '');
    if (headers === undefined || !form.startsWith('/')) return ownAnswer('request_unreadable');
    onAllow?.();
    const target = check.queryToken === undefined ? form : withoutQueryToken(form);
    return { method: check.method, origin, target, headers, body: undefined, identity };
  }

  function serve(incoming: IncomingMessage, response: ServerResponse, isContinueAwaited: boolean): void {
    const peer = peers.of(incoming.socket);
    peer.response = response;
    const framing = readFraming(incoming, options.bodyLimitBytes);
    const hasBody = framing !== 'no_body';
    const admitted =
      framing === 'no_body' || framing === 'body' ? admit(incoming, peer, hasBody) : ownAnswer(framing);
    if ('status' in admitted) {
      refuse(response, admitted, hasBody);
      return;
    }
    const relay = new Relay(response, admitted.origin, watch);
    if (!hasBody) {
      relay.begin(forward(admitted, relay));
      return;
    }
    if (isContinueAwaited) response.writeContinue();
    const body = new ClientBody(incoming, options, (fault) => relay.breakOff(fault));
    relay.watchBody(body);
    relay.begin(forward({ ...admitted, body }, relay));
  }

  return {
    onRequest: (incoming, response) => serve(incoming, response, false),
    onCheckContinue: (incoming, response) => serve(incoming, response, true),
    onUpgrade(incoming, socket, head) {
      socket.on('error', () => undefined);
      const protocol = incoming.headers.upgrade ?? '';
      const isWebSocket = protocol.toLowerCase() === 'websocket' && incoming.method === 'GET';
      const hasNoBody = readFraming(incoming, options.bodyLimitBytes) === 'no_body';
      const peer = peers.of(socket);
      const admitted =
        isWebSocket && hasNoBody ? admit(incoming, peer, false) : ownAnswer('upgrade_not_supported');
      if ('status' in admitted) {
        closeBehind(socket, answerBytes(admitted));
        return;
      }
      const check = readCheck(incoming, peers.clientAddress(peer, incoming));
      tunnels.open(admitted, 'websocket', socket, head, () => recheck(check).pass);
    },
    onClientError(error, socket) {
      const { response } = peers.of(socket);
      const isAnswering = response !== undefined && !response.writableFinished;
      if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) socket.destroy();
      else closeBehind(socket, answerBytes(ownAnswer(codeOfParserError(error))));
    },
  };
}

/** `no_route`: a preflight that announces a request that has none. */
type OriginFinder = (check: CheckRequest) => string | 'no_route' | undefined;

function originFinder({ requires, upstream, upstreams = new Map() }: ReverseProxyOptions): OriginFinder {
  const table = typeof requires === 'object' && 'match' in requires ? requires : undefined;
  if (table === undefined) return () => upstream;
  const originAt = (method: string, path: string) => originOfRoute(table, method, path);
  return (check) => {
    if (isPreflight(check)) return originAt(String(check.preflightMethod), check.path);
    return upstreams.size === 0 ? upstream : originAt(check.method, check.path);
  };

  function originOfRoute(routes: RouteTable, method: string, path: string): string | 'no_route' | undefined {
    const match = routes.match(method, path);
    return match === undefined ? 'no_route' : (upstreams.get(match.service.name) ?? upstream);
  }
}

function refuse(response: ServerResponse, { status, headers, body }: GuardAnswer, hasBody: boolean): void {
  // A body that nobody will read is not waited for.
  const connection = hasBody ? { Connection: 'close' } : {};
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...connection, ...length }).end(body);
}

function codeOfParserError({ code }: NodeJS.ErrnoException): DoorCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'header_too_large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'request_unreadable';
}
