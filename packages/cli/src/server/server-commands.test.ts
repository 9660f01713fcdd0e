import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseTokenText } from '@latchkey/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunOptions, runLatchkey } from '../testing/run-latchkey.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-server-commands-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (args: readonly string[], options: RunOptions = {}) =>
  runLatchkey(args, { cwd: folder, ...options });

describe('latchkey init', () => {
  it('prints the account and the operator token, once, and nothing else', async () => {
    const first = await run(['init', '--data', 'data', '--json']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.json()).toEqual({ account: 'operator', operatorToken: expect.stringMatching(/^sk\./) });

    const second = await run(['init', '--data', 'data', '--json']);
    expect(second).toMatchObject({ code: 3, stdout: '' });
    expect(second.error()).toMatchObject({ code: 'already_initialised', exitCode: 3 });
  });

  it('warns people that the token is shown only now, and says how to go on', async () => {
    const made = await run(['init', '--data', 'data', '--operator', 'maps']);
    expect(made.code).toBe(0);
    expect(made.stdout).toContain('Made the operator\'s account "maps" in data.');
    expect(made.stdout).toContain('latchkey serve --data data');
    expect(made.stdout.match(/sk\.\S+/g)).toHaveLength(1);
    expect(made.stderr).toBe(
      'warning: This is the only time that it is shown. Keep it somewhere safe: whoever has it can do what it can.\n',
    );
  });

  it('writes the token into a file that only its owner can read, and shows it nowhere', async () => {
    const made = await run(['init', '--data', 'data', '--out', 'operator.token', '--json']);
    expect(made.json()).toEqual({ account: 'operator', operatorTokenFile: 'operator.token' });
    const file = path.join(folder, 'operator.token');
    const token = (await readFile(file, 'utf8')).trimEnd();
    expect(parseTokenText(token)).toMatchObject({ usage: 'sk', account: 'operator' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(made.stdout + made.stderr).not.toContain(token);
  });

  it('makes nothing where the file for the token exists already, and leaves that file alone', async () => {
    await writeFile(path.join(folder, 'operator.token'), 'mine');
    const refused = await run(['init', '--data', 'data', '--out', 'operator.token', '--json']);
    expect(refused.code).toBe(3);
    expect(refused.error()).toMatchObject({ code: 'file_exists', field: '--out' });
    expect(await readFile(path.join(folder, 'operator.token'), 'utf8')).toBe('mine');
    expect((await run(['init', '--data', 'data', '--json'])).code).toBe(0);
  });

  it('removes the empty file again where there is no token to write', async () => {
    await run(['init', '--data', 'data', '--json']);
    expect((await run(['init', '--data', 'data', '--out', 'second.token'])).code).toBe(3);
    await expect(stat(path.join(folder, 'second.token'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('makes nothing where the file for the token cannot be made', async () => {
    const refused = await run(['init', '--data', 'data', '--out', 'no/such/folder/operator.token', '--json']);
    expect(refused.code).toBe(2);
    expect(refused.error()).toMatchObject({ code: 'file_unwritable' });
    await expect(stat(path.join(folder, 'data'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('latchkey serve', () => {
  it('refuses a folder without an installation and names the command that makes one', async () => {
    const refused = await run(['serve', '--data', 'data', '--port', '0']);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toBe(
      "error: data holds no installation yet: there is no operator's account.\n" +
        '  Make it first: latchkey init --data data\n',
    );
  });

  it('says that the port is taken, and what to do', async () => {
    await run(['init', '--data', 'data', '--json']);
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = await run(['serve', '--data', 'data', '--port', String(port)]);
    other.close();
    expect(refused.code).toBe(6);
    expect(refused.stderr).toContain(`error: Port ${port} on 127.0.0.1 is taken by another program.\n`);
    expect(refused.stderr).toContain(
      'Name another with --port or LATCHKEY_PORT, or stop the other program.\n',
    );
  });

  it.each(['-1', '65536', 'http'])('refuses %s as a port before it does anything', async (port) => {
    const refused = await run(['serve', '--data', 'data', `--port=${port}`]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`--port: "${port}" is not a port`);
  });
});

describe('latchkey config check', () => {
  it('says that a good configuration is good', async () => {
    expect(await run(['config', 'check'])).toMatchObject({ code: 0, stdout: 'The configuration is good.\n' });
    expect((await run(['config', 'check', '--json'])).json()).toEqual({ ok: true });
  });

  it('names every problem with its line, its field and the fix', async () => {
    await writeFile(path.join(folder, 'bad.yaml'), 'server:\n  prt: 80\n  port: abc\n');
    const checked = await run(['config', 'check', '--config', 'bad.yaml']);
    expect(checked).toMatchObject({ code: 2, stdout: '' });
    expect(checked.stderr).toContain('error: The configuration has 2 problems:\n');
    expect(checked.stderr).toContain('bad.yaml:2:3: server.prt');
    expect(checked.stderr).toContain('bad.yaml:3:3: server.port');
    const json = await run(['config', 'check', '--config', 'bad.yaml', '--json']);
    expect(json.error()).toMatchObject({
      code: 'config_invalid',
      problems: [expect.any(String), expect.any(String)],
    });
  });

  it('takes the language of the messages as no setting of the server', async () => {
    const checked = await run(['config', 'check'], { env: { LATCHKEY_LANG: 'zh' } });
    expect(checked).toMatchObject({ code: 0, stdout: '配置没有问题。\n' });
  });
});
