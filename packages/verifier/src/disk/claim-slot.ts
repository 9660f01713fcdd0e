import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A place in a folder that this verifier alone writes to, for as long as it runs. */
export interface Slot {
  /** The path of its files, without their endings. */
  readonly base: string;
  /** Names the verifier that these files are of, through all its restarts. */
  readonly instance: string;
  /** Shows that it is still in use; false: it no longer is, because others believed that it was given up. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

const MAX_SLOTS = 64;
/** A lock of another machine that was not renewed for so long is given up. */
const GIVEN_UP_MS = 60_000;
const UNCERTAIN_MS = 20;

/** Locks of this process, which cannot tell them by its id. */
const heldHere = new Set<string>();

interface Lock {
  readonly holder: string;
  readonly host: string;
  readonly pid: number;
}

/**
 * Takes the first place that nobody uses, so that a verifier that is started again finds its own, and two that share a folder never share
 * files or a name. A place is free when its process has ended or, where it runs on another machine, was silent for a minute.
 * @param name what the files begin with
 * @param instance the name of a verifier that has none yet
 * @throws Error where the folder cannot be written
 */
export async function claimSlot(folder: string, name: string, instance: string): Promise<Slot> {
  await mkdir(folder, { recursive: true });
  for (let number = 0; number < MAX_SLOTS; number++) {
    const base = path.join(folder, number === 0 ? name : `${name}-${number}`);
    const lock: Lock = { holder: randomUUID(), host: hostname(), pid: process.pid };
    if (await takeLock(`${base}.lock`, lock)) {
      return slotAt(base, lock.holder, await instanceOf(`${base}.instance`, instance));
    }
  }
  throw new Error(`${MAX_SLOTS} verifiers use the folder already`);
}

function slotAt(base: string, holder: string, instance: string): Slot {
  const file = `${base}.lock`;
  const isOurs = async () => (await readLock(file))?.holder === holder;
  return {
    base,
    instance,
    async renew() {
      if (!(await isOurs())) return false;
      const now = new Date();
      await utimes(file, now, now);
      return true;
    },
    async release() {
      heldHere.delete(file);
      if (await isOurs()) await rm(file, { force: true });
    },
  };
}

async function takeLock(file: string, lock: Lock): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) {
    if (await createLock(file, lock)) {
      heldHere.add(file);
      return true;
    }
    const found = await readLock(file);
    if (await isHeld(file, found)) return false;
    // Whoever renames it first may take it; what was renamed by mistake was taken by another meanwhile.
    const aside = `${file}.${lock.holder}`;
    await rename(file, aside).catch(() => undefined);
    const taken = await readLock(aside);
    await rm(aside, { force: true });
    if (taken !== undefined && taken.holder !== found?.holder) await createLock(file, taken);
  }
  return false;
}

async function createLock(file: string, lock: Lock): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(lock), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readLock(file: string): Promise<Lock | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    const { holder, host, pid } = Object(value);
    const isLock = typeof holder === 'string' && typeof host === 'string' && Number.isSafeInteger(pid);
    return isLock ? { holder, host, pid } : undefined;
  } catch {
    // Not there, or just being written.
    return undefined;
  }
}

async function isHeld(file: string, lock: Lock | undefined): Promise<boolean> {
  if (lock === undefined) {
    await pause(UNCERTAIN_MS);
    const later = await readLock(file);
    return later !== undefined && isHeld(file, later);
  }
  if (lock.host !== hostname()) return (await ageOf(file)) < GIVEN_UP_MS;
  return lock.pid === process.pid ? heldHere.has(file) : isAlive(lock.pid);
}

/** By the clock of the file system, which may be another machine's. */
async function ageOf(file: string): Promise<number> {
  const probe = `${file}.${randomUUID()}`;
  try {
    await writeFile(probe, '', { mode: 0o600 });
    const [then, now] = [await stat(file), await stat(probe)];
    return now.mtimeMs - then.mtimeMs;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return Number.POSITIVE_INFINITY;
    throw error;
  } finally {
    await rm(probe, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Written before it is told to anybody. */
async function instanceOf(file: string, fresh: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[A-Za-z0-9_-]{8,64}$/.test(known)) return known;
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(fresh);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  return fresh;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
