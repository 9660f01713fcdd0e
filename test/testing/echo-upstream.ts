import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the upstream got, as it came. */
export interface Arrived {
  readonly method: string;
  readonly target: string;
  /** Names in lower case, underscores read as hyphens, as CGI, WSGI and others do; every value kept. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export interface EchoUpstream {
  readonly port: number;
  /** All requests so far. */
  readonly arrived: readonly Arrived[];
  close(): void;
}

/** An API behind a gateway that notes every request, and answers 200 `{"let":"in"}` with the status that `x-answer` asks for. */
export async function startEchoUpstream(): Promise<EchoUpstream> {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = new Map<string, string[]>();
    for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
      const name = (request.rawHeaders[at] ?? '').toLowerCase().replaceAll('_', '-');
      headers.set(name, [...(headers.get(name) ?? []), request.rawHeaders[at + 1] ?? '']);
    }
    const { method = '', url: target = '' } = request;
    arrived.push({ method, target, headers, body: Buffer.concat(chunks).toString() });
    const status = Number(headers.get('x-answer')?.[0] ?? 200);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"let":"in"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
