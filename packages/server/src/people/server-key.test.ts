import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deriveServerKey, openServerKey } from './server-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-key-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the key is made once, in a file that only its owner can read, whoever asks at once', async () => {
  const file = join(folder, 'data', 'sign-in.key');
  const keys = await Promise.all([openServerKey(file), openServerKey(file), openServerKey(file)]);
  const again = await openServerKey(file);
  expect(new Set([...keys, again].map((key) => key.digest('session', 'x'))).size).toBe(1);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toMatch(/^[\w-]{43}\n$/);
});

test('a file that holds no key is refused, not replaced', async () => {
  const file = join(folder, 'sign-in.key');
  await writeFile(file, 'short');
  await expect(openServerKey(file)).rejects.toThrow('it holds no key');
  expect(await readFile(file, 'utf8')).toBe('short');
});

test('digests differ by purpose, text and key', () => {
  const [one, two] = [1, 2].map((byte) => deriveServerKey(new Uint8Array(32).fill(byte)));
  const digests = [
    one?.digest('session', 'x'),
    one?.digest('session', 'y'),
    one?.digest('link', 'x'),
    two?.digest('session', 'x'),
  ];
  expect(new Set(digests).size).toBe(4);
  expect(one?.sealingKey).not.toBe(two?.sealingKey);
  expect(one?.passwordSecret).not.toEqual(two?.passwordSecret);
});
