import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messagesIn } from '@latchkey/wire/messages';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credentialsPath, readCredentials, removeCredentials, writeCredentials } from './credentials-file.ts';

const text = messagesIn('en');
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-credentials-'));
  file = path.join(folder, 'deep', 'credentials.json');
});
afterEach(() => rm(folder, { recursive: true }));

const credentials = { url: 'http://127.0.0.1:8420', token: 'sk.a.b' };

describe('the credentials file', () => {
  it('comes back as it was written, and only its owner can read it', async () => {
    await writeCredentials(file, credentials);
    expect(await readCredentials(file, text)).toEqual(credentials);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is made private again when it is rewritten', async () => {
    await writeCredentials(file, credentials);
    await chmod(file, 0o644);
    await writeCredentials(file, credentials);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused, with the command that mends it, where others can read it', async () => {
    await writeCredentials(file, credentials);
    await chmod(file, 0o640);
    await expect(readCredentials(file, text)).rejects.toMatchObject({
      report: { code: 'file_readable_by_others', fix: `Run: chmod 600 ${file}` },
    });
  });

  it.each(['', '{', '[]', '{"url": 1, "token": "x"}', 'null'])(
    'is refused where it holds %j',
    async (content) => {
      await writeCredentials(file, credentials);
      await writeFile(file, content);
      await expect(readCredentials(file, text)).rejects.toMatchObject({
        report: { code: 'credentials_unreadable' },
      });
    },
  );

  it('may be missing', async () => {
    expect(await readCredentials(file, text)).toBeUndefined();
    expect(await removeCredentials(file)).toBe(false);
  });

  it('is looked for where the environment says', () => {
    expect(credentialsPath({ LATCHKEY_CREDENTIALS: '/x/y' })).toBe('/x/y');
    expect(credentialsPath({ XDG_CONFIG_HOME: '/c' })).toBe('/c/latchkey/credentials.json');
    expect(credentialsPath({ HOME: '/home/me' })).toBe('/home/me/.config/latchkey/credentials.json');
  });
});
