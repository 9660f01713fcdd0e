import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type Program, startProgram } from './testing/program.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

// The programs under examples/ as a reader would run them, each against a real server whose services they read.

const SERVICES = [
  {
    name: 'maps',
    title: 'Maps',
    routes: [{ methods: ['GET'], path: '/maps/{id}', scopes: ['styles:read'], description: 'Reads a map.' }],
  },
];

let latchkey: Latchkey;
let verifierToken = '';
let tokens = '';
let secret = '';

async function makeToken(scopes: readonly string[]): Promise<{ id: string; text: string }> {
  const made = await call(tokens, { method: 'POST', token: secret, body: { scopes } });
  return { id: textField(made.body, 'id'), text: textField(made.body, 'token') };
}

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: JSON.stringify(SERVICES) } });
  const operator = `${latchkey.url}/tokens/v2/${latchkey.operatorAccount}`;
  const body = { scopes: ['verifiers:sync'] };
  const made = await call(operator, { method: 'POST', token: latchkey.operatorToken, body });
  verifierToken = textField(made.body, 'token');
  const account = await makeAccount(latchkey, 'acme');
  secret = account.token;
  tokens = `${latchkey.url}/tokens/v2/acme`;
});
afterAll(() => latchkey.stop());

describe.each(['express', 'fastify', 'hono', 'node-http'])('examples/%s', (name) => {
  let program: Program;
  let url = '';

  beforeAll(async () => {
    const main = fileURLToPath(new URL(`../examples/${name}/src/main.ts`, import.meta.url));
    program = startProgram(process.execPath, ['--conditions=latchkey-source', main], {
      env: { LATCHKEY_URL: latchkey.url, LATCHKEY_TOKEN: verifierToken, PORT: '0' },
    });
    const port = await until(`examples/${name} to listen`, () => {
      if (program.ended() !== undefined) throw new Error(`it ended:\n${program.output()}`);
      const line = program.stdout();
      return line.includes('\n') ? Number(field(JSON.parse(line), 'port')) : undefined;
    });
    url = `http://127.0.0.1:${port}`;
  });
  afterAll(() => program.end('SIGTERM'));

  test('lets a token with the scope in, tells the handler whose it is, and refuses it once it is revoked', async () => {
    const { id, text } = await makeToken(['styles:read']);
    const allowed = await call(`${url}/maps/1`, { token: text });
    expect([allowed.status, allowed.body]).toEqual([200, { account: 'acme', path: '/maps/1' }]);

    await call(`${tokens}/${id}`, { method: 'DELETE', token: secret });
    const refused = await until('the revoked token to be refused', async () => {
      const seen = await call(`${url}/maps/1`, { token: text });
      return seen.status === 200 ? undefined : seen;
    });
    expect([refused.status, field(refused.body, 'message')]).toEqual([401, 'Not Authorized - Invalid Token']);
  });

  test('says which scope is lacking, that a token is lacking, and that there is no such route', async () => {
    const { text } = await makeToken(['fonts:read']);
    const lacking = await call(`${url}/maps/1`, { token: text });
    expect([lacking.status, field(lacking.body, 'message')]).toEqual([
      403,
      'This API requires a token with styles:read scope.',
    ]);
    const without = await call(`${url}/maps/1`);
    expect([without.status, field(without.body, 'code')]).toEqual([401, 'no_token']);
    const lost = await call(`${url}/nowhere`, { token: text });
    expect([lost.status, field(lost.body, 'code')]).toEqual([404, 'route_not_found']);
  });

  test('stops in order when it is told to', async () => {
    await program.end('SIGTERM');
    expect(program.ended()).toBe(0);
  });
});
