import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API that answers what a browser asked for, by the end of the path, and notes every request. */
export interface BrowserUpstream {
  readonly port: number;
  /** `GET /maps/1.js`, in order; a WebSocket as `WS /maps/1`. */
  readonly arrived: readonly string[];
  close(): void;
}

const TYPES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  js: ['text/javascript', 'export {};'],
  css: ['text/css', ''],
  html: ['text/html', '<!doctype html><title>inside</title>'],
  png: ['image/png', 'not a picture'],
  events: ['text/event-stream', 'data: once\n\n'],
  woff2: ['font/woff2', 'not a font'],
};

export async function startBrowserUpstream(): Promise<BrowserUpstream> {
  const arrived: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== 'OPTIONS') arrived.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('upgrade', (request, socket) => {
    arrived.push(`WS ${request.url}`);
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.on('error', () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    // One unmasked text frame (RFC 6455 §5.2), and what comes back is sent back unmasked.
    socket.write(frame('hello'));
    socket.on('data', (bytes) => {
      const text = textOf(bytes);
      if (text !== undefined) socket.write(frame(`echo ${text}`));
    });
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

function answer(request: IncomingMessage, response: ServerResponse): void {
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-allow-methods': 'GET, POST',
    'cache-control': 'no-store',
  };
  if (request.method === 'OPTIONS') {
    response.writeHead(204, cors).end();
    return;
  }
  const ending = /\.([a-z0-9]+)(?:\?|$)/.exec(request.url ?? '')?.[1] ?? '';
  const [type, body] = TYPES[ending] ?? ['application/json', '{"let":"in"}'];
  response.writeHead(200, { ...cors, 'content-type': type }).end(body);
}

function frame(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);
}

/** Of a short masked text frame; undefined for any other. */
function textOf(bytes: Buffer): string | undefined {
  const [first = 0, second = 0] = bytes;
  const length = second & 0x7f;
  if (first !== 0x81 || length > 125) return undefined;
  const mask = bytes.subarray(2, 6);
  const unmasked = bytes.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.from(unmasked).toString();
}
