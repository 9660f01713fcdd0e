import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Verifier } from '@latchkey/verifier';
import { clientAddressBehind } from '@latchkey/verifier/middleware/client-address';
import type { GuardOptions } from '@latchkey/verifier/middleware/guard';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeAdapter } from '../../../verifier/src/middleware/testing/adapter-suite.ts';
import {
  type RawAnswer,
  type RawRequest,
  sendRaw,
} from '../../../verifier/src/middleware/testing/raw-http.ts';
import type { Dialect } from '../doors/forward-auth/dialect.ts';
import { createForwardAuthDoor, type ForwardAuthDoor } from '../doors/forward-auth/forward-auth.ts';

/** A gateway that runs in front of a door. */
export interface GatewayInFront {
  /** Sends a client's request, with `X-Forwarded-For` where the address is known, and gives what the client gets. */
  readonly send: (request: RawRequest) => Promise<RawAnswer>;
  readonly stop: () => Promise<void>;
}

export interface ThroughDoor {
  readonly name: string;
  readonly dialect: Dialect;
  /** Starts the gateway: what is let in must be answered 200 with what {@link describeArrived} says. */
  readonly start: (doorPort: number) => Promise<GatewayInFront>;
  /** Vectors that the gateway answers by itself, and why. */
  readonly knownGaps: Readonly<Record<string, string>>;
}

/** Runs the suite of all adapters through a gateway that asks a door. */
export function describeThroughDoor({ name, dialect, start, knownGaps }: ThroughDoor): void {
  describe(name, () => {
    // Until a vector brings its own: gateways are looked at before that.
    let door: ForwardAuthDoor = (_, response) => void response.writeHead(403).end();
    let server: Server;
    let gateway: GatewayInFront;

    beforeAll(async () => {
      // Vectors hold header lines that Node would judge by itself.
      const options = { insecureHTTPParser: true, maxHeaderSize: 65_536 };
      server = createServer(options, (incoming, response) => door(incoming, response));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      gateway = await start((server.address() as AddressInfo).port);
    });
    afterAll(async () => {
      await gateway?.stop();
      server.closeAllConnections();
      server.close();
    });

    describeAdapter({
      name: 'the decision',
      listen: (verifier: Pick<Verifier, 'verify'>, options: GuardOptions) => {
        door = createForwardAuthDoor(verifier, dialect, { ...options, trustedProxies: ['127.0.0.1'] });
        const clientAddress = clientAddressBehind(options.trustedProxies ?? []);
        return async (incoming, response) => {
          const forwarded = [incoming.headers['x-forwarded-for'] ?? []].flat().join(',');
          const address = clientAddress(incoming.socket.remoteAddress, forwarded || undefined);
          const headers = clientHeaders(incoming);
          if (address !== undefined) headers.push(['X-Forwarded-For', address]);
          const { method = '', url: target = '' } = incoming;
          passOn(await gateway.send({ method, target, headers }), response);
        };
      },
      knownGaps,
    });
  });
}

/** The smallest gateway: it asks, and answers by itself what the API behind it would. */
export function smallestGateway(dialect: Dialect, doorPort: number): GatewayInFront {
  return {
    async send({ method, target, headers }) {
      const told = [...headers, [dialect.methodHeader, method], [dialect.targetHeader, target]];
      const answer = await sendRaw(doorPort, { method: 'GET', target: dialect.path, headers: told });
      if (answer.status === 204) {
        return { status: 200, headers: new Map(), body: describeArrived((name) => answer.headers.get(name)) };
      }
      const status = Number(answer.headers.get('latchkey-status') ?? answer.status);
      return { ...answer, status, body: answer.headers.get('latchkey-body') ?? answer.body };
    },
    stop: async () => undefined,
  };
}

/** What the API behind a gateway answers: the identity that it was told, or null. */
export function describeArrived(header: (name: string) => string | undefined): string {
  const account = header('latchkey-account');
  if (account === undefined) return 'null';
  const tokenId = header('latchkey-token-id');
  return JSON.stringify({ account, tokenId, exposedInUrl: header('latchkey-exposed-in-url') === 'true' });
}

/** What the client sent, without what the way to the gateway adds. */
function clientHeaders({ rawHeaders }: IncomingMessage): string[][] {
  const headers: string[][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/^(host|connection|x-forwarded-for)$/i.test(name)) headers.push([name, rawHeaders[at + 1] ?? '']);
  }
  return headers;
}

function passOn({ status, headers, body }: RawAnswer, response: ServerResponse): void {
  for (const [name, value] of headers) {
    if (!/^(content-length|transfer-encoding|connection|latchkey-.*)$/.test(name))
      response.setHeader(name, value);
  }
  response.writeHead(status).end(body);
}
