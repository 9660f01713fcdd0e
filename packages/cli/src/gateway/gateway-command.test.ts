import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunOptions, runLatchkey } from '../testing/run-latchkey.ts';

const TOKEN = `sk.${Buffer.from('{"u":"acme","a":"c0001xxxxxxxxxxxxxxxxxxxx"}').toString('base64url')}.AAAAAAAAAAAAAAAAAAAAAA`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-gateway-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (args: readonly string[], options: RunOptions = {}) =>
  runLatchkey(['gateway', ...args], { cwd: folder, ...options });

describe('latchkey gateway', () => {
  it('says where a token may come from when there is none', async () => {
    const refused = await run([]);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('It needs a token with the scope verifiers:sync: --token-file');
    const chinese = await run(['--lang', 'zh']);
    expect(chinese.stderr).toContain('它需要有 verifiers:sync 权限的令牌');
  });

  it('refuses a file that holds no token, naming it', async () => {
    await writeFile(path.join(folder, 'gateway.token'), 'nonsense\n', { mode: 0o600 });
    await writeFile(path.join(folder, 'latchkey.yaml'), 'gateway:\n  tokenFile: gateway.token\n');
    const refused = await run(['--json']);
    expect(refused.code).toBe(4);
    expect(refused.error()).toMatchObject({ code: 'malformed_token' });
    expect(refused.stderr).toContain('gateway.token');
    expect(refused.stderr).not.toContain('nonsense');
  });

  it('does not start where neither file nor server tells which scopes the routes need', async () => {
    const env = { LATCHKEY_TOKEN: TOKEN, LATCHKEY_GATEWAY_SERVER: 'http://127.0.0.1:1' };
    const refused = await run(['--port', '0', '--json'], { env });
    expect(refused.code).toBe(6);
    expect(refused.error()).toMatchObject({
      code: 'services_unreadable',
      message: 'It is not known which scopes the routes need: http://127.0.0.1:1/v1/services cannot be read.',
    });
  });

  it('lists what is wrong with its configuration', async () => {
    await writeFile(path.join(folder, 'latchkey.yaml'), 'gateway:\n  trustedProxies: [everybody]\n');
    const refused = await run([], { env: { LATCHKEY_TOKEN: TOKEN } });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('latchkey.yaml:2:20: gateway.trustedProxies[0]: ');
  });
});
