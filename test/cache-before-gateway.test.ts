import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CacheableUpstream, startCacheableUpstream } from './testing/cacheable-upstream.ts';
import { call, field, textField } from './testing/call.ts';
import { freePort } from './testing/free-port.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Program, startProgram } from './testing/program.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { hasSystemProgram } from './testing/system-program.ts';
import { until } from './testing/until.ts';

// nginx as a cache further out, a CDN say: it stands before the gateway, asks no door, and keeps what the answers let it keep.

const ROUTE = { methods: ['GET'], path: '/tiles/{tile}', scopes: ['styles:tiles'], description: 'A tile.' };
const SERVICES = JSON.stringify([{ name: 'maps', title: 'Maps', routes: [ROUTE] }]);
const TILE = '/tiles/1?cc=public,max-age=600';

if (hasSystemProgram('nginx', 'a cache before the gateway', '-v'))
  describe('a shared cache before the gateway', further);

function further(): void {
  let latchkey: Latchkey;
  let acme: TestAccount;
  let upstream: CacheableUpstream;
  beforeAll(async () => {
    latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: SERVICES } });
    acme = await makeAccount(latchkey, 'acme');
    upstream = await startCacheableUpstream();
  });
  afterAll(async () => {
    upstream?.close();
    await latchkey?.stop();
  });

  async function makeToken(): Promise<{ readonly id: string; readonly text: string }> {
    const body = { scopes: ['styles:tiles'] };
    const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
    return { id: textField(made.body, 'id'), text: textField(made.body, 'token') };
  }

  /** Runs a gateway by these settings with nginx before it, and tells what two tokens get before and after one is revoked. */
  async function run(settings: Readonly<Record<string, string>>) {
    const [proxyPort, edgePort] = [await freePort(), await freePort()];
    let gateway: Gateway | undefined;
    let edge: Edge | undefined;
    try {
      gateway = await startGateway(latchkey, {
        LATCHKEY_GATEWAY_PROXY_UPSTREAM: `http://127.0.0.1:${upstream.port}`,
        LATCHKEY_GATEWAY_PROXY_PORT: String(proxyPort),
        ...settings,
      });
      edge = await startEdge(edgePort, proxyPort);
      const get = (port: number, token: string) => call(`http://127.0.0.1:${port}${TILE}`, { token });
      const [one, two] = [await makeToken(), await makeToken()];
      for (const { text } of [one, two]) {
        await until('the token to arrive', async () =>
          (await get(proxyPort, text)).status === 200 ? true : undefined,
        );
      }
      const statuses: (string | null)[] = [];
      for (const { text } of [one, one, two]) {
        const answer = await get(edgePort, text);
        expect(answer.status).toBe(200);
        statuses.push(answer.headers.get('x-edge'));
      }
      await call(`${latchkey.url}/tokens/v2/acme/${one.id}`, { method: 'DELETE', token: acme.token });
      await until('the revocation to arrive', async () =>
        (await get(proxyPort, one.text)).status === 401 ? true : undefined,
      );
      return { statuses, after: await get(edgePort, one.text) };
    } finally {
      await edge?.stop();
      await gateway?.stop();
    }
  }

  test('keeps no answer to a request with a token, and a revoked one is refused through it', async () => {
    const { statuses, after } = await run({});
    expect(statuses).toEqual(['MISS', 'MISS', 'MISS']);
    expect([after.status, field(after.body, 'code')]).toEqual([401, 'revoked']);
  });

  test('may keep public ones where the operator says so: apart for each token, and until it is purged', async () => {
    const { statuses, after } = await run({ LATCHKEY_GATEWAY_PROXY_SHARED_CACHES: 'true' });
    expect(statuses).toEqual(['MISS', 'HIT', 'MISS']);
    // Nobody is asked: this is why such a cache has to be purged.
    expect([after.status, after.headers.get('x-edge')]).toEqual([200, 'HIT']);
  });
}

interface Edge {
  stop(): Promise<void>;
}

async function startEdge(port: number, proxyPort: number): Promise<Edge> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-edge-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await writeFile(
    join(folder, 'nginx.conf'),
    `pid nginx.pid; error_log stderr crit; events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${name}_temp;`).join(' ')}
  proxy_cache_path cache keys_zone=edge:1m;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${proxyPort}; proxy_cache edge; add_header X-Edge $upstream_cache_status always; }
  }
}
`,
  );
  const args = ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off; master_process off;'];
  const running: Program = startProgram('nginx', args, { cwd: folder });
  await until('nginx to answer', async () => {
    if (running.ended() !== undefined) throw new Error(`nginx ended:\n${running.output()}`);
    return fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => undefined,
    );
  });
  return {
    async stop() {
      await running.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
