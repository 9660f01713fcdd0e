import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Keyed digests have a purpose each, so that none can pose as another. */
export type KeyPurpose =
  | 'session'
  | 'password'
  | 'device'
  | 'guess'
  | 'link'
  | 'invitation'
  | 'recovery'
  | 'check';

/** The key outside the database: with the database alone no credential can be made, checked or guessed. */
export interface ServerKey {
  /** HMAC-SHA-256, base64url, 43 characters. */
  digest(purpose: KeyPurpose, text: string): string;
  /** Goes into every password hash. */
  readonly passwordSecret: Uint8Array;
  /** Seals the secrets of second factors. */
  readonly sealingKey: string;
}

const KEY_BYTES = 32;
const KEY_TEXT = /^[A-Za-z0-9_-]{43}$/;

/** @param bytes 32 random bytes */
export function deriveServerKey(bytes: Uint8Array): ServerKey {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', bytes, '', `latchkey ${use}`, 32));
  const digestKey = derive('digests');
  return {
    digest: (purpose, text) =>
      createHmac('sha256', digestKey).update(`${purpose}\0${text}`).digest('base64url'),
    passwordSecret: derive('passwords'),
    sealingKey: derive('sealing').toString('base64url'),
  };
}

/**
 * Reads the key, or makes it where there is none: a file that only its owner can read. Two processes that make it at once
 * end up with the same one.
 * @throws Error where the file cannot be read or written, or holds something else
 */
export async function openServerKey(file: string): Promise<ServerKey> {
  return deriveServerKey((await readKey(file)) ?? (await makeKey(file)));
}

async function readKey(file: string): Promise<Uint8Array | undefined> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (!KEY_TEXT.test(text)) throw new Error('it holds no key (43 letters, digits, - and _)');
  return Buffer.from(text, 'base64url');
}

async function makeKey(file: string): Promise<Uint8Array> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const bytes = randomBytes(KEY_BYTES);
  const made = `${file}.${randomBytes(6).toString('hex')}.new`;
  const handle = await open(made, 'wx', 0o600);
  try {
    await handle.writeFile(`${bytes.toString('base64url')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // Whole or not at all, and never in the place of another.
    await link(made, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const theirs = await readKey(file);
    if (theirs !== undefined) return theirs;
    throw error;
  } finally {
    await rm(made, { force: true });
  }
  return bytes;
}
