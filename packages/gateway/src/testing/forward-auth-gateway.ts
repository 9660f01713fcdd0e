import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Verifier } from '@latchkey/verifier';
import { clientAddressBehind } from '@latchkey/verifier/middleware/client-address';
import type { GuardOptions } from '@latchkey/verifier/middleware/guard';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeAdapter } from '../../../verifier/src/middleware/testing/adapter-suite.ts';
import { type RawAnswer, sendRaw } from '../../../verifier/src/middleware/testing/raw-http.ts';
import type { Dialect } from '../doors/forward-auth/dialect.ts';
import { createForwardAuthDoor, type ForwardAuthDoor } from '../doors/forward-auth/forward-auth.ts';

/** Runs the suite of all adapters against a gateway of the smallest kind, which asks the door before it answers. */
export function describeThroughDoor(dialect: Dialect): void {
  describe(`a gateway that asks at ${dialect.path}`, () => {
    let door: ForwardAuthDoor;
    let server: Server;
    beforeAll(async () => {
      // Vectors hold header lines that Node would judge by itself.
      server = createServer({ insecureHTTPParser: true }, (incoming, response) => door(incoming, response));
      await once(server.listen(0, '127.0.0.1'), 'listening');
    });
    afterAll(async () => {
      await once(server.close(), 'close');
    });

    async function askDoor(incoming: IncomingMessage, address: string | undefined): Promise<RawAnswer> {
      const headers = clientHeaders(incoming);
      headers.push([dialect.methodHeader, incoming.method ?? ''], [dialect.targetHeader, incoming.url ?? '']);
      if (address !== undefined) headers.push(['X-Forwarded-For', address]);
      const { port } = server.address() as AddressInfo;
      return sendRaw(port, { method: 'GET', target: dialect.path, headers });
    }

    describeAdapter({
      name: 'the decision',
      listen: (verifier: Pick<Verifier, 'verify'>, options: GuardOptions) => {
        door = createForwardAuthDoor(verifier, dialect, { ...options, trustedProxies: ['127.0.0.1'] });
        const clientAddress = clientAddressBehind(options.trustedProxies ?? []);
        return async (incoming, response) => {
          const forwarded = [incoming.headers['x-forwarded-for'] ?? []].flat().join(',');
          const address = clientAddress(incoming.socket.remoteAddress, forwarded || undefined);
          passOn(await askDoor(incoming, address), response);
        };
      },
      knownGaps: {},
    });
  });
}

/** What the client sent, without what a gateway replaces. */
function clientHeaders({ rawHeaders }: IncomingMessage): string[][] {
  const headers: string[][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/^(host|connection|x-forwarded-for)$/i.test(name)) headers.push([name, rawHeaders[at + 1] ?? '']);
  }
  return headers;
}

function passOn({ status, headers, body }: RawAnswer, response: ServerResponse): void {
  if (status === 204) {
    response.end(JSON.stringify(identityIn(headers)));
    return;
  }
  for (const [name, value] of headers) {
    if (!/^(content-length|connection|latchkey-.*)$/.test(name)) response.setHeader(name, value);
  }
  response.writeHead(Number(headers.get('latchkey-status') ?? status));
  response.end(headers.get('latchkey-body') ?? body);
}

function identityIn(headers: RawAnswer['headers']): object | null {
  const account = headers.get('latchkey-account');
  if (account === undefined) return null;
  return {
    account,
    tokenId: headers.get('latchkey-token-id'),
    exposedInUrl: headers.get('latchkey-exposed-in-url') === 'true',
  };
}
