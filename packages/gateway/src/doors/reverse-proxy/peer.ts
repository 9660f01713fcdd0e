import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { addressesIn, clientAddressBehind } from '@latchkey/verifier/middleware/client-address';
import type { ForwardedBy } from './upstream-headers.ts';

/** What is known of a connection; a client asks many times over one. */
export interface Peer {
  /** Its address, as Node writes it; undefined once the connection is gone. */
  readonly address: string | undefined;
  /** What it tells of the client before it is believed. */
  readonly isTrusted: boolean;
  readonly scheme: 'http' | 'https';
  /** The latest request's answer. */
  response: ServerResponse | undefined;
}

export interface Peers {
  of(socket: Duplex): Peer;
  /** The address that the decision is about: the peer's, or what a trusted one forwards. */
  clientAddress(peer: Peer, incoming: IncomingMessage): string | undefined;
  /** What the API is told of where the request came from. */
  forwardedBy(peer: Peer, incoming: IncomingMessage): ForwardedBy;
}

/** @throws TypeError when an entry is neither an address nor a range */
export function createPeers(trustedProxies: readonly string[]): Peers {
  const isTrusted = addressesIn(trustedProxies);
  const clientAddress = clientAddressBehind(trustedProxies);
  const known = new WeakMap<Duplex, Peer>();
  return {
    of(socket) {
      const found = known.get(socket);
      if (found !== undefined) return found;
      const address = socket instanceof Socket ? socket.remoteAddress : undefined;
      const peer: Peer = {
        address,
        isTrusted: isTrusted(address ?? ''),
        scheme: 'encrypted' in socket ? 'https' : 'http',
        response: undefined,
      };
      known.set(socket, peer);
      return peer;
    },
    clientAddress: (peer, incoming) =>
      clientAddress(peer.address, peer.isTrusted ? headerOf(incoming, 'x-forwarded-for') : undefined),
    forwardedBy(peer, incoming) {
      const own = plainAddress(peer.address);
      const { host = '' } = incoming.headers;
      if (!peer.isTrusted) return { addresses: own, scheme: peer.scheme, host };
      const before = headerOf(incoming, 'x-forwarded-for');
      return {
        addresses: before === undefined ? own : `${before}, ${own}`,
        scheme: headerOf(incoming, 'x-forwarded-proto') ?? peer.scheme,
        host: headerOf(incoming, 'x-forwarded-host') ?? host,
      };
    },
  };
}

/** Repeats are joined by Node, by commas. */
function headerOf(
  { headers }: IncomingMessage,
  name: 'x-forwarded-for' | 'x-forwarded-proto' | 'x-forwarded-host',
): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
}

function plainAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
