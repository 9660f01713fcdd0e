import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkConfig } from './config/check-config.ts';
import { initInstallation } from './start-server.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-main-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function run(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--conditions=latchkey-source', MAIN], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(folder, 'data'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.includes('"msg":"listening"')) resolve();
      });
    }
  });
  return { child, listening, ended: once(child, 'close'), output: () => output };
}

test('a bad configuration is refused with every problem, before anything is opened', async () => {
  await writeFile(join(folder, 'latchkey.yaml'), 'server: {port: high}\nlogs: {}\n');
  const { ended, output } = run({ LATCHKEY_LOG_LEVEL: 'loud', LATCHKEY_PORT: '99999' });
  expect(await ended).toEqual([1, null]);
  expect(output()).toContain('The configuration has 3 problem(s):');
  expect(output()).toContain('latchkey.yaml:2:1: logs: unknown setting. Did you mean log?');
  expect(output()).toContain('LATCHKEY_PORT: server.port: is too large.');
  expect(output()).toContain('LATCHKEY_LOG_LEVEL: log.level: ');
});

test('a folder without an installation ends it with what to do, and no stack trace', async () => {
  const { ended, output } = run({});
  expect(await ended).toEqual([1, null]);
  expect(output()).toContain('run `latchkey init --data ');
  expect(output()).not.toContain('    at ');
});

test.each([
  ['SIGTERM', ['SIGTERM']],
  ['Ctrl-C that npm passes on once more', ['SIGINT', 'SIGINT']],
] as const)('%s ends it in order', async (_, signals) => {
  const environment = { LATCHKEY_DATA_DIR: join(folder, 'data') };
  const checked = checkConfig({ yaml: '', name: '', environment });
  if (!checked.ok) throw new Error('the configuration of the test is wrong');
  await initInstallation(checked.config);
  const { child, listening, ended, output } = run({});
  await listening;
  for (const signal of signals) child.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(output()).toContain('"msg":"stopped"');
});
