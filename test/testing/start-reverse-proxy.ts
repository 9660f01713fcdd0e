import { freePort } from './free-port.ts';
import { type Gateway, startGateway } from './start-gateway.ts';
import type { Latchkey } from './start-latchkey.ts';

/** `latchkey gateway` with its reverse proxy. */
export interface ReverseProxy extends Gateway {
  readonly proxyUrl: string;
}

/** @param env further `LATCHKEY_*` settings; where the API is must be said there, or in the file that they name */
export async function startReverseProxy(
  latchkey: Latchkey,
  env: Readonly<Record<string, string>>,
): Promise<ReverseProxy> {
  const port = await freePort();
  const gateway = await startGateway(latchkey, { LATCHKEY_GATEWAY_PROXY_PORT: String(port), ...env });
  return { ...gateway, proxyUrl: `http://127.0.0.1:${port}` };
}
