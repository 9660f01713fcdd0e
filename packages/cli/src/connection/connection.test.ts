import { once } from 'node:events';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { ScopeCatalogueSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, startInstallation } from '../testing/installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.remove());

async function portOf(server: Server): Promise<number> {
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}

/** An address where nothing listens. */
async function unusedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const withoutToken = { LATCHKEY_TOKEN: undefined };

describe('the token to call with', () => {
  it('comes from a file that only its owner can read', async () => {
    const file = path.join(installation.folder, 'acme.token');
    await writeFile(file, `${installation.token}\n`, { mode: 0o600 });
    const list = ['token', 'list', '--token-file', 'acme.token'];
    expect(await installation.run(list, { env: withoutToken })).toMatchObject({ code: 0, stderr: '' });

    await chmod(file, 0o644);
    const refused = await installation.run(list, { env: withoutToken });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('error: acme.token holds a token and can be read by others.\n');
    expect(refused.stderr).toContain('Run: chmod 600 acme.token\n');
  });

  it('works on the command line, with a warning', async () => {
    const listed = await installation.run(['token', 'list', '--token', installation.token], {
      env: withoutToken,
    });
    expect(listed.code).toBe(0);
    expect(listed.stderr).toContain("warning: A token on the command line stays in your shell's history");
  });

  it('is kept by "login" in a private file, used only for that server, and removed by "logout"', async () => {
    const env = { ...withoutToken, LATCHKEY_CREDENTIALS: path.join(installation.folder, 'credentials.json') };
    const login = await installation.run(['login'], { env, input: installation.token });
    expect(login).toMatchObject({ code: 0, stderr: '' });
    expect(login.stdout).toContain(`Signed in to ${installation.url} as acme.`);
    expect((await stat(env.LATCHKEY_CREDENTIALS)).mode & 0o777).toBe(0o600);

    const kept = { ...env, LATCHKEY_URL: undefined };
    expect((await installation.run(['token', 'list'], { env: kept })).code).toBe(0);
    const elsewhere = await installation.run(['token', 'list', '--json'], {
      env: { ...env, LATCHKEY_URL: await unusedUrl() },
    });
    expect(elsewhere.error()).toMatchObject({ code: 'no_token' });

    expect((await installation.run(['logout', '--json'], { env })).json()).toMatchObject({ removed: true });
    await expect(readFile(env.LATCHKEY_CREDENTIALS)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await installation.run(['logout'], { env })).stdout).toContain('nothing to remove');
  });

  it('is not kept by "login" where the server does not know it', async () => {
    const env = { ...withoutToken, LATCHKEY_CREDENTIALS: path.join(installation.folder, 'none.json') };
    const refused = await installation.run(['login', '--json'], { env, input: 'sk.abc.def' });
    expect(refused.code).toBe(4);
    await expect(stat(env.LATCHKEY_CREDENTIALS)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is asked for where there is none, with the three ways to give it', async () => {
    const refused = await installation.run(['token', 'list'], { env: withoutToken });
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toBe(
      'error: This command needs a token, and none was given.\n' +
        '  Put it into the environment variable LATCHKEY_TOKEN, name a file with --token-file FILE, or keep it with "latchkey login".\n',
    );
  });

  it.each([
    ['hello', 'malformed_token', 'What came from LATCHKEY_TOKEN is not a token.'],
    [
      'sk.abc.def',
      'unknown_token',
      'The server does not accept this token: it is unknown, revoked or expired.',
    ],
  ])('is refused as %s with a sentence that says where it came from', async (token, code, sentence) => {
    const refused = await installation.run(['token', 'list', '--json'], { env: { LATCHKEY_TOKEN: token } });
    expect(refused.code).toBe(4);
    expect(refused.error()).toMatchObject({ code, message: sentence });
    expect(refused.stdout + refused.stderr).not.toContain(token);
  });
});

describe('the server', () => {
  it('is asked about where nothing answers, with the command that starts it', async () => {
    const url = await unusedUrl();
    const refused = await installation.run(['scopes', '--server', url]);
    expect(refused).toMatchObject({ code: 6, stdout: '' });
    expect(refused.stderr).toContain(`error: Nothing answers at ${url}.\n`);
    expect(refused.stderr).toContain('Start it with "latchkey serve --data DIR"');
    expect((await installation.run(['scopes', '--server', url, '--json'])).error()).toMatchObject({
      code: 'connection_refused',
      exitCode: 6,
    });
  });

  it('is told from another program that answers there', async () => {
    const other = createServer((_request, response) => response.end('<html>hello</html>')).listen(
      0,
      '127.0.0.1',
    );
    const port = await portOf(other);
    const refused = await installation.run(['scopes', '--server', `http://127.0.0.1:${port}`, '--json']);
    other.close();
    expect(refused.code).toBe(6);
    expect(refused.error()).toMatchObject({ code: 'unexpected_answer' });
  });

  it.each(['127.0.0.1:8420', 'ftp://a.example', 'http://me:pw@a.example', 'http://a.example/?x=1'])(
    'is not looked for at %s, which is no address',
    async (server) => {
      const refused = await installation.run(['scopes', '--server', server]);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(`--server: "${server}" is not the address of a server`);
    },
  );

  it('tells its scopes without a token, public ones first', async () => {
    const scopes = await installation.run(['scopes'], { env: withoutToken });
    expect(scopes.code).toBe(0);
    expect(scopes.stdout).toMatch(/^scope +for +description\ndatasets:read +public/);
    const json = await installation.run(['scopes', '--public', '--json'], { env: withoutToken });
    expect(json.jsonOf(ScopeCatalogueSchema).scopes.every((scope) => scope.public)).toBe(true);
  });
});

describe('the end of the server', () => {
  it('comes in order on Ctrl-C, with exit code 0', async () => {
    expect(await installation.stop()).toBe(0);
  });
});
