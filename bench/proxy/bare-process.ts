import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, Pool } from 'undici';

// A reverse proxy of undici and node:http and nothing else: it passes on what comes, both ways, as fast as the client reads, without the
// headers about one connection, and tells where the request came from. The fastest way that undici has is taken.
// Run by proxy.ts: bare-process.ts <origin of the API>; prints its port.

const [origin = ''] = process.argv.slice(2);
const pool = new Pool(origin, {
  pipelining: 1,
  connect: { timeout: 5_000 },
  headersTimeout: 60_000,
  bodyTimeout: 60_000,
});
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

class Passage implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.once('close', () => {
      if (!response.writableFinished) this.#controller?.abort(new Error('the client is gone'));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    const raw = controller.rawHeaders as Buffer[];
    const headers: string[] = [];
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = String(raw[at]?.toString('latin1'));
      if (!HOP_BY_HOP.has(name.toLowerCase())) headers.push(name, String(raw[at + 1]?.toString('latin1')));
    }
    this.#response.writeHead(status, statusText, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#response.write(chunk)) return;
    controller.pause();
    this.#response.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    this.#response.end();
  }

  onResponseError(): void {
    if (this.#response.headersSent) this.#response.destroy();
    else this.#response.writeHead(502).end();
  }
}

function passOn(incoming: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url: path = '/', rawHeaders } = incoming;
  const headers: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.push(name, rawHeaders[at + 1] ?? '');
  }
  headers.push('X-Forwarded-For', incoming.socket.remoteAddress ?? '');
  const hasBody = method !== 'GET' && method !== 'HEAD';
  pool.dispatch({ method, path, headers, body: hasBody ? incoming : null }, new Passage(response));
}

const server = createServer(passOn);
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log((server.address() as AddressInfo).port);
process.once('SIGTERM', () => process.exit());
