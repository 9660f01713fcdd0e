import { execFileSync } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One server for all sites of a test, whatever their names: empty pages, a worker, and what a CDN serves. */
export interface PageSites {
  readonly port: number;
  readonly tlsPort: number | undefined;
  close(): void;
}

/** What depends on the address after `?`. */
const FOR_URL: Readonly<Record<string, readonly [type: string, body: (url: string) => string]>> = {
  '/image.css': ['text/css', (url) => `.of-cdn { background-image: url("${url}") }`],
  '/font.css': ['text/css', (url) => `@font-face { font-family: of-cdn; src: url("${url}") }`],
  '/module.js': ['text/javascript', (url) => `import ${JSON.stringify(url)};`],
};

/** @param withTls serves the same over TLS, by a certificate made on the spot (needs `openssl`) */
export async function startPageSites({ withTls }: { withTls: boolean }): Promise<PageSites> {
  const plain = createServer(serve);
  const tls = withTls ? createTlsServer(makeCertificate(), serve) : undefined;
  const port = await listening(plain);
  const tlsPort = tls && (await listening(tls));
  return {
    port,
    tlsPort,
    close() {
      for (const server of [plain, tls]) {
        server?.close();
        server?.closeAllConnections();
      }
    },
  };
}

const serve: RequestListener = (request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const url = decodeURIComponent(query);
  const made = FOR_URL[path];
  response.setHeader('access-control-allow-origin', '*');
  if (path === '/redirect') response.writeHead(302, { location: url }).end();
  else if (made !== undefined) response.writeHead(200, { 'content-type': made[0] }).end(made[1](url));
  else if (path === '/worker.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    response.end('onmessage = ({ data }) => fetch(data).catch(() => undefined)');
  } else {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html><body style="width: 100px; height: 100px"></body></html>');
  }
};

function makeCertificate(): { readonly key: string; readonly cert: string } {
  const kind = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '1',
  ];
  const args = [...kind, '-subj', '/CN=page.example', '-keyout', '-', '-out', '-'];
  const pem = execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { key: pem, cert: pem };
}

async function listening(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
