import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

// `latchkey gateway` in a process of its own, told by SIGHUP that its file has changed.

let latchkey: Latchkey;
let gateway: Gateway;
let file: string;
let token: string;

const yaml = (path: string, more = '', trusted = '127.0.0.1') => `
gateway:
  trustedProxies: [${trusted}]
${more}
services:
  - name: maps
    title: Maps
    routes:
      - {methods: [GET], path: '${path}', scopes: [styles:read], description: Reads a map.}
`;

beforeAll(async () => {
  latchkey = await startLatchkey();
  const secret = (await makeAccount(latchkey, 'acme')).token;
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: secret,
    body: { scopes: ['styles:read'], note: 'maps' },
  });
  token = textField(made.body, 'token');
  file = join(latchkey.dataDir, 'gateway.yaml');
  await writeFile(file, yaml('/maps/{id}'));
  gateway = await startGateway(latchkey, { LATCHKEY_CONFIG: file });
  await until('the token to arrive', async () => ((await ask('/maps/1')) === 204 ? true : undefined));
});
afterAll(async () => {
  await gateway?.stop();
  await latchkey.stop();
});
beforeEach(async () => {
  await writeFile(file, yaml('/maps/{id}'));
  await gateway.reload();
});

const question = (path: string) =>
  `GET /forward-auth HTTP/1.1\r\nHost: door\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Uri: ${path}\r\nAuthorization: Bearer ${token}\r\n`;

async function ask(path: string): Promise<number> {
  const headers = { 'x-forwarded-method': 'GET', 'x-forwarded-uri': path, authorization: `Bearer ${token}` };
  return (await fetch(`${gateway.url}/forward-auth`, { headers })).status;
}

describe('a gateway that is told that its configuration has changed', () => {
  test('answers by the new one, on connections that are open too, and leaves no question unanswered', async () => {
    const socket = connect(gateway.port, '127.0.0.1').setEncoding('utf8');
    let heard = '';
    socket.on('data', (text) => {
      heard += text;
    });
    const statuses = () => Array.from(heard.matchAll(/^HTTP\/1\.1 (\d+)/gm), ([, status]) => status);
    await once(socket, 'connect');
    socket.write(`${question('/maps/1')}\r\n`);
    await until('an answer', () => (statuses().length === 1 ? true : undefined));
    socket.write(question('/tiles/1'));
    expect(await ask('/tiles/1')).toBe(404);

    await writeFile(file, yaml('/tiles/{id}'));
    expect(await gateway.reload()).toContain('is in force');
    expect([await ask('/maps/1'), await ask('/tiles/1')]).toEqual([404, 204]);
    socket.write('\r\n');
    await until('the second answer', () => (statuses().length === 2 ? true : undefined));
    socket.write(`${question('/maps/1')}\r\n`);
    await until('the third answer', () => (statuses().length === 3 ? true : undefined));
    expect(statuses()).toEqual(['204', '204', '404']);
    socket.destroy();
  });

  test('refuses a wrong one whole, tells all that is wrong with it, and goes on', async () => {
    await writeFile(file, yaml('/tiles/{id}', '  publicOrigin: nonsense', 'everybody'));
    const said = await gateway.reload();
    expect(said).toContain('the one before stays in force');
    expect(said).toContain('gateway.publicOrigin');
    expect(said).toContain('gateway.trustedProxies[0]');
    expect([await ask('/maps/1'), await ask('/tiles/1')]).toEqual([204, 404]);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/latchkey_config_reloads_total\{outcome="applied"\} [1-9]/);
  });

  test('takes what it can and names what waits for a restart', async () => {
    await writeFile(file, `${yaml('/tiles/{id}', '  name: other')}log: {level: warn}\n`);
    expect(await gateway.reload()).toContain('"needsRestart":["gateway.name","log.level"]');
    expect(await ask('/tiles/1')).toBe(204);
  });

  test('trusts nobody any more from whom it is taken', async () => {
    await writeFile(file, yaml('/maps/{id}', '', '192.0.2.1'));
    await gateway.reload();
    expect(await ask('/maps/1')).toBe(403);
  });
});
