import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from './testing/call.ts';
import { freePort } from './testing/free-port.ts';
import { runProgram, startProgram } from './testing/program.ts';
import { type Demonstration, startDemonstration } from './testing/start-demonstration.ts';
import { until } from './testing/until.ts';

const MAIN = fileURLToPath(new URL('../examples/map/src/main.ts', import.meta.url));
const ARGS = ['--conditions=latchkey-source', MAIN];

let demo: Demonstration;
let dataDir: string;

beforeAll(async () => {
  demo = await startDemonstration();
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-map-program-'));
});

afterAll(async () => {
  await demo.close();
  await rm(dataDir, { recursive: true });
});

function environment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    LATCHKEY_URL: demo.latchkeyUrl,
    LATCHKEY_TOKEN: demo.operatorToken,
    MAP_PUBLIC_TOKEN: demo.account.defaultToken,
    MAP_DATA_DIR: dataDir,
    MAP_PORT: '0',
    MAP_PAGE_PORT: '0',
    ...more,
  };
}

test('it says where it is, serves, and stops at SIGTERM with code 0', async () => {
  const program = startProgram(process.execPath, ARGS, { env: environment() });
  try {
    const [, apiUrl = '', pageUrl = ''] = await until('the program to say where it is', () => {
      if (program.ended() !== undefined) throw new Error(program.output());
      return /Maps API {2}(\S+)\nMap page {2}(\S+)\n/.exec(program.stdout()) ?? undefined;
    });
    const tile = await call(`${apiUrl}/v4/world.json?access_token=${demo.account.defaultToken}`);
    expect(tile.status).toBe(200);
    expect((await call(pageUrl)).text).toContain(demo.account.defaultToken);
  } finally {
    await program.end('SIGTERM');
  }
  expect(program.ended()).toBe(0);
  expect(program.output()).not.toContain(demo.operatorToken);
});

test('a taken port ends it with one sentence', async () => {
  const port = new URL(demo.map.apiUrl).port;
  const { code, output } = await runProgram(process.execPath, ARGS, { env: environment({ MAP_PORT: port }) });
  expect(code).toBe(1);
  expect(output).toBe(
    `Port ${port} of 127.0.0.1 is taken by another program: stop it, or set MAP_PORT to another port.\n`,
  );
});

test('a server that does not answer ends it with one sentence', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { code, output } = await runProgram(process.execPath, ARGS, {
    env: environment({ LATCHKEY_URL: url }),
  });
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`^Cannot reach ${url}: .*ECONNREFUSED.*\n$`));
});

test('a token that may not follow the feed ends it with the reason, and is not shown', async () => {
  const env = environment({ LATCHKEY_TOKEN: demo.account.token });
  const { code, output } = await runProgram(process.execPath, ARGS, { env });
  expect(code).toBe(1);
  expect(output).toContain('verifiers:sync');
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(output).not.toContain(demo.account.token);
});

test('settings that are missing are told at once, with code 2', async () => {
  const { code, output } = await runProgram(process.execPath, ARGS, { env: { MAP_PORT: 'x' } });
  expect(code).toBe(2);
  expect(output.trim().split('\n')).toEqual([
    'LATCHKEY_URL is not set: where the Latchkey server is, for example http://127.0.0.1:8420',
    'LATCHKEY_TOKEN is not set: a token with the scope verifiers:sync',
    'MAP_PORT is no port: x',
  ]);
});

test('behind a gateway it needs no token, and answers nobody who comes past the gateway', async () => {
  const { LATCHKEY_TOKEN: _, ...env } = environment({ MAP_BEHIND_GATEWAY: 'true' });
  const program = startProgram(process.execPath, ARGS, { env });
  try {
    const [, apiUrl = ''] = await until('the program to say where it is', () => {
      if (program.ended() !== undefined) throw new Error(program.output());
      return /Maps API {2}(\S+)\n/.exec(program.stdout()) ?? undefined;
    });
    const answer = await call(`${apiUrl}/v4/world.json?access_token=${demo.account.defaultToken}`);
    expect([answer.status, answer.body]).toEqual([
      403,
      { message: 'Forbidden', code: 'not_through_gateway' },
    ]);
  } finally {
    await program.end('SIGTERM');
  }
});
