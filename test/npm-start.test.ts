import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { freePort } from './testing/free-port.ts';
import { type Program, runProgram, startProgram } from './testing/program.ts';
import { until } from './testing/until.ts';

const START = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-start-'));
  const [server, api, page] = [await freePort(), await freePort(), await freePort()];
  env = {
    LATCHKEY_DATA_DIR: join(folder, "it's data"),
    LATCHKEY_PORT: String(server),
    MAP_PORT: String(api),
    MAP_PAGE_PORT: String(page),
    LANG: 'C',
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const data = (name: string) => join(env.LATCHKEY_DATA_DIR ?? '', name);

/** Starts the program behind `npm start` and waits for the last line of its welcome. */
async function start(more: Record<string, string> = {}): Promise<Program> {
  const program = startProgram(process.execPath, [START], { cwd: ROOT, env: { ...env, ...more } });
  await until(
    'npm start to be ready',
    () => {
      if (program.ended() !== undefined) throw new Error(`npm start ended:\n${program.output()}`);
      return program.output().includes('Press Ctrl-C to stop.') ? true : undefined;
    },
    60_000,
  );
  return program;
}

const curlLines = (output: string) => output.split('\n').filter((line) => line.startsWith('    curl '));

/** Pastes a line into a shell, somewhere else on the machine, as a reader would. */
async function paste(line = ''): Promise<string> {
  const { output } = await runProgram('sh', ['-c', line.replace('curl', 'curl -sS')], { cwd: tmpdir() });
  return output;
}

async function tokenFiles(): Promise<Record<string, string>> {
  const names = (await readdir(data(''))).filter((name) => name.endsWith('.token'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(data(name), 'utf8')])),
  );
}

/** Signs in as a page of the dashboard does; for which accounts, in which roles. */
async function accountsAfterSignIn(password: string): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${env.LATCHKEY_PORT}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ email: 'demo@example.com', password }),
  });
  const { accounts } = SignInAnswer.parse(await answer.json());
  return accounts.map(({ name, role }) => `${name} ${role}`);
}

const SignInAnswer = z.object({ accounts: z.array(z.object({ name: z.string(), role: z.string() })) });

describe('npm start', () => {
  let firstOutput: string;
  let firstFiles: Record<string, string>;

  test('makes accounts and tokens on its first run, shows the secrets once, and keeps them in private files', async () => {
    const program = await start();
    try {
      firstOutput = program.stdout();
      firstFiles = await tokenFiles();
      expect(Object.keys(firstFiles).sort()).toEqual(['demo.token', 'map-verifier.token', 'operator.token']);
      for (const name of [...Object.keys(firstFiles), 'demo.password', 'sign-in.key'])
        expect((await stat(data(name))).mode & 0o777).toBe(0o600);
      expect((await stat(data(''))).mode & 0o777).toBe(0o700);
      expect(firstOutput.match(/sk\.\S+/g)).toEqual([
        firstFiles['operator.token']?.trim(),
        firstFiles['demo.token']?.trim(),
      ]);
      for (const url of firstOutput.match(/http:\/\/\S+(?= {3,})/g) ?? [])
        expect((await fetch(url)).status).toBe(200);

      expect(firstOutput).toContain(`http://127.0.0.1:${env.LATCHKEY_PORT}/dashboard/`);
      const password = (await readFile(data('demo.password'), 'utf8')).trim();
      expect(firstOutput).toContain(`password  ${password}`);
      expect(await accountsAfterSignIn(password)).toEqual(['demo owner', 'operator owner']);

      const lines = curlLines(firstOutput);
      expect(lines).toHaveLength(3);
      const [allowed, refused, revoking] = lines;
      expect(JSON.parse(await paste(allowed))).toMatchObject({ tilejson: expect.any(String) });
      const cached = await fetch(/'(http[^']+)'/.exec(allowed ?? '')?.[1] ?? '');
      expect(cached.headers.get('cache-status')).toMatch(/^latchkey; hit/);
      expect(JSON.parse(await paste(refused))).toMatchObject({
        message: 'Forbidden',
        code: 'url_not_allowed',
        detail: expect.stringContaining('https://elsewhere.example'),
      });
      expect(await paste(revoking)).toMatch(/^HTTP\/1\.1 204 /);
      await until('the revoked token to be refused', async () =>
        (await paste(allowed)).includes('Not Authorized - Invalid Token') ? true : undefined,
      );
    } finally {
      await program.end('SIGTERM');
    }
    expect(program.ended()).toBe(0);
  });

  test('keeps data and tokens on the next run, shows no secret again, and has a new token to revoke', async () => {
    const program = await start();
    try {
      expect(await tokenFiles()).toEqual(firstFiles);
      expect(program.stdout()).not.toMatch(/sk\.ey/);
      const password = (await readFile(data('demo.password'), 'utf8')).trim();
      expect(program.stdout()).not.toContain(password);
      expect(program.stdout()).toContain('demo.password');
      expect(await accountsAfterSignIn(password)).toHaveLength(2);
      const before = curlLines(firstOutput);
      const [allowed, refused, revoking] = curlLines(program.stdout());
      expect(refused).toBe(before[1]);
      expect(revoking).not.toBe(before[2]);
      expect(JSON.parse(await paste(allowed))).toHaveProperty('tilejson');
      const [, cli = ''] = /^ {2}npx latchkey (.*)$/m.exec(program.stdout()) ?? [];
      const listed = await runProgram('sh', ['-c', `npx latchkey ${cli}`], { cwd: ROOT });
      expect(listed.code).toBe(0);
      expect(listed.stdout).toContain('Throw-away, to be revoked');

      // npm passes Ctrl-C on to a program that the terminal has told already.
      program.child.kill('SIGINT');
      program.child.kill('SIGINT');
      await until('npm start to have stopped in order', () => program.ended());
      expect(program.ended()).toBe(0);
    } finally {
      await program.end('SIGKILL');
    }
  });

  test.each([
    ['LATCHKEY_PORT', 'LATCHKEY_PORT=9420 npm start'],
    ['MAP_PORT', 'set MAP_PORT to another port'],
    ['MAP_PAGE_PORT', 'set MAP_PAGE_PORT to another port'],
  ])(
    'says which setting to change where the port of %s is taken, and leaves nothing running',
    async (setting, fix) => {
      const other = createServer().listen(Number(env[setting]), '127.0.0.1');
      await once(other, 'listening');
      const { code, output } = await runProgram(process.execPath, [START], { cwd: ROOT, env });
      other.close();
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`Port ${env[setting]} (on|of) 127\\.0\\.0\\.1 is taken`));
      expect(output).toContain(fix);
      expect(output).not.toContain('    at ');
    },
  );

  test('says what is missing where the file of a token is lost, or holds another', async () => {
    await writeFile(data('demo.token'), 'sk.abc.def\n');
    const dead = await runProgram(process.execPath, [START], { cwd: ROOT, env });
    expect(dead.code).toBe(1);
    expect(dead.output).toContain('does not work any more');
    await rm(data('demo.token'));
    const lost = await runProgram(process.execPath, [START], { cwd: ROOT, env });
    expect(lost.code).toBe(1);
    expect(lost.output).toContain(`the file ${data('demo.token')} with its token is missing`);
  });
});
