import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API whose answers tell which request they were made for, so that a cached one gives itself away. */
export interface CacheableUpstream {
  readonly port: number;
  readonly arrived: readonly { readonly target: string; readonly rawHeaders: readonly string[] }[];
  close(): void;
}

/**
 * Answers 200 with JSON: `n`, the number of the request, whom it was told of, and the headers that caches are poisoned by. The query says
 * which headers the answer has: `?cc=` its `Cache-Control`, `?vary=`, `?etag=`, `?cookie=`, and `?status=` its status.
 */
export async function startCacheableUpstream(): Promise<CacheableUpstream> {
  const arrived: { target: string; rawHeaders: readonly string[] }[] = [];
  const server = createServer((request, response) => {
    const { url: target = '/', rawHeaders } = request;
    arrived.push({ target, rawHeaders });
    const query = new URL(target, 'http://upstream').searchParams;
    for (const [parameter, header] of ANSWER_HEADERS) {
      const value = query.get(parameter);
      if (value !== null) response.setHeader(header, value);
    }
    const etag = query.get('etag');
    if (etag !== null && request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(Number(query.get('status') ?? 200), { 'content-type': 'application/json' });
    response.end(JSON.stringify({ n: arrived.length, method: request.method, ...seen(request) }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const ANSWER_HEADERS = [
  ['cc', 'cache-control'],
  ['vary', 'vary'],
  ['etag', 'etag'],
  ['cookie', 'set-cookie'],
  ['expires', 'expires'],
] as const;

function seen({ headers }: IncomingMessage): object {
  return {
    account: headers['latchkey-account'] ?? null,
    tokenId: headers['latchkey-token-id'] ?? null,
    scopes: headers['latchkey-scopes'] ?? null,
    authorization: headers.authorization ?? null,
    host: headers.host ?? null,
    origin: headers.origin ?? null,
    poison: [
      headers['x-forwarded-host'],
      headers['x-forwarded-proto'],
      headers['x-original-url'],
      headers.cookie,
    ]
      .filter((value) => value !== undefined)
      .join(),
  };
}
