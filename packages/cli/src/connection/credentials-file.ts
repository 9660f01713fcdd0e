import { chmod, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Messages } from '@latchkey/wire/messages';
import { Failure } from '../failure.ts';
import { fileProblem } from '../secret/file-problem.ts';

/** What `latchkey login` keeps. */
export interface Credentials {
  readonly url: string;
  readonly token: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `LATCHKEY_CREDENTIALS`, otherwise `latchkey/credentials.json` in the user's configuration folder. */
export function credentialsPath(environment: Environment): string {
  const { LATCHKEY_CREDENTIALS, XDG_CONFIG_HOME } = environment;
  if (LATCHKEY_CREDENTIALS) return LATCHKEY_CREDENTIALS;
  return path.join(
    XDG_CONFIG_HOME || path.join(environment.HOME || homedir(), '.config'),
    'latchkey',
    'credentials.json',
  );
}

/**
 * Undefined where there is no such file.
 * @throws Failure where it is not one, or where others can read it
 */
export async function readCredentials(file: string, text: Messages): Promise<Credentials | undefined> {
  const content = await readPrivateFile(file, text, { missing: 'undefined' });
  if (content === undefined) return undefined;
  const credentials = parseCredentials(content);
  if (credentials !== undefined) return credentials;
  throw new Failure({
    exit: 'usage',
    code: 'credentials_unreadable',
    message: text.connection.fileNotCredentials({ file }),
    fix: text.connection.fileNotCredentialsFix,
  });
}

/** Replaces the file, with mode 600 also where it was wider. */
export async function writeCredentials(file: string, credentials: Credentials): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  try {
    await chmod(file, 0o600);
    await handle.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** False where there was none. */
export async function removeCredentials(file: string): Promise<boolean> {
  try {
    await rm(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * A file that holds a secret, without the white space around it.
 * @throws Failure where it cannot be read, or where its mode lets others read it (not on Windows, which has no such mode)
 */
export async function readPrivateFile(
  file: string,
  text: Messages,
  on: { readonly missing: 'undefined' | 'failure' },
): Promise<string | undefined> {
  try {
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
      throw new Failure({
        exit: 'usage',
        code: 'file_readable_by_others',
        message: text.connection.fileTooOpen({ file }),
        fix: text.connection.fileTooOpenFix({ file }),
      });
    }
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (on.missing === 'undefined' && isMissing(error)) return undefined;
    throw new Failure(
      {
        exit: 'usage',
        code: 'file_unreadable',
        message: text.connection.fileUnreadable({ file, problem: fileProblem(error) }),
      },
      error,
    );
  }
}

function parseCredentials(content: string): Credentials | undefined {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || !('url' in value) || !('token' in value))
      return undefined;
    const { url, token } = value;
    return typeof url === 'string' && typeof token === 'string' ? { url, token } : undefined;
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
