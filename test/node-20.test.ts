import { fileURLToPath } from 'node:url';
import { parseTokenText } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { findNode20 } from './testing/node-20.ts';
import { runProgram, startProgram } from './testing/program.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

const BIN = fileURLToPath(new URL('../packages/cli/bin/latchkey.js', import.meta.url));
const API = fileURLToPath(new URL('./testing/plain-api.mjs', import.meta.url));

const node20 = findNode20();
if (node20 !== undefined) describe('on Node 20', () => promises(node20));
else test('the gap of a missing Node 20 is written down', () => expect(node20).toBe(undefined));

function promises(node: string): void {
  let latchkey: Latchkey;
  let acme: TestAccount;
  beforeAll(async () => {
    latchkey = await startLatchkey();
    acme = await makeAccount(latchkey, 'acme');
  });
  afterAll(() => latchkey?.stop());

  test('the published verifier follows the server and decides', async () => {
    const made = await call(`${latchkey.url}/tokens/v2/${latchkey.operatorAccount}`, {
      method: 'POST',
      token: latchkey.operatorToken,
      body: { scopes: ['verifiers:sync'] },
    });
    const api = startProgram(node, [API], {
      env: { LATCHKEY_URL: latchkey.url, LATCHKEY_TOKEN: textField(made.body, 'token') },
    });
    try {
      const port = await until('the API to print its port', () => {
        if (api.ended() !== undefined) throw new Error(`the API ended:\n${api.output()}`);
        return api.stdout().endsWith('\n') ? Number(api.stdout()) : undefined;
      });
      const url = `http://127.0.0.1:${port}/`;
      const allowed = await call(url, { token: acme.token });
      expect(allowed).toMatchObject({ status: 200, text: expect.stringMatching(/^v20\.\S+ acme$/) });
      expect(await call(url)).toMatchObject({ status: 401, body: { code: 'no_token' } });

      const id = parseTokenText(acme.token)?.id;
      expect(
        (await call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: acme.token })).status,
      ).toBe(204);
      const refused = await until('the deletion to arrive', async () => {
        const answer = await call(url, { token: acme.token });
        return answer.status === 401 ? answer : undefined;
      });
      expect(refused.body).toMatchObject({ message: 'Not Authorized - Invalid Token', code: 'revoked' });
    } finally {
      await api.end('SIGTERM');
    }
  });

  test('the published command speaks to the server, and names what serve, init, gateway and config check need', async () => {
    const env = { LATCHKEY_URL: latchkey.url, LATCHKEY_TOKEN: latchkey.operatorToken };
    const listed = await runProgram(node, [BIN, 'account', 'list', '--json'], { env });
    expect(listed).toMatchObject({ code: 0 });
    expect(JSON.stringify(field(JSON.parse(listed.stdout), 'items'))).toContain('"acme"');

    const served = await runProgram(node, [BIN, 'serve', '--data', latchkey.dataDir], { env });
    expect(served).toMatchObject({
      code: 2,
      output: expect.stringContaining('"latchkey serve" needs Node.js 22.12 or newer'),
    });
    for (const command of ['gateway', 'config check', 'init']) {
      const refused = await runProgram(node, [BIN, ...command.split(' ')], { env });
      expect(refused, command).toMatchObject({
        code: 2,
        output: expect.stringContaining(`"latchkey ${command}" needs Node.js 22.12 or newer`),
      });
    }
  });
}
