import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Tombstone } from '../store/rows.ts';
import { formatJournalLine, parseJournalLine } from './journal-line.ts';

/** An append-only file of every revocation, outside the database: whatever becomes of that, nothing revoked comes back. */
export interface RevocationJournal {
  /**
   * Appends revocations and resolves when they are on disk. Rejects with the system's error; what was not written is tried
   * again each second, and with the next call.
   */
  record(revoked: readonly Tombstone[]): Promise<void>;
  /** Everything that can be read, oldest first; each place that cannot is counted by `onDamage`. Rejects with the system's error. */
  entries(onDamage: () => void): AsyncIterable<Tombstone>;
  close(): Promise<void>;
}

const RETRY_MS = 1000;

/**
 * Opens the journal, which is made where it is missing, readable by its owner only.
 * @throws the system's error where the file cannot be had
 */
export async function openRevocationJournal(file: string): Promise<RevocationJournal> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    await syncFolder(dirname(file));
    return journalOn(handle, await endsInsideLine(handle));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function journalOn(handle: FileHandle, isTorn: boolean): RevocationJournal {
  let waiting: Tombstone[] = [];
  /** What was cut off in the middle of a line gets a line end, or it would spoil the next one. */
  let prefix = isTorn ? '\n' : '';
  let last: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;

  function retryLater(): void {
    clearTimeout(retry);
    // A failure comes back here, and its revocations were answered with it already.
    retry = setTimeout(() => void next().catch(() => undefined), RETRY_MS);
    retry.unref();
  }

  function next(): Promise<void> {
    last = last.catch(() => undefined).then(write);
    return last;
  }

  async function write(): Promise<void> {
    const batch = waiting;
    if (batch.length === 0) return;
    waiting = [];
    try {
      await handle.appendFile(prefix + batch.map(formatJournalLine).join(''));
      await handle.datasync();
      prefix = '';
    } catch (error) {
      waiting = [...batch, ...waiting];
      prefix = '\n';
      retryLater();
      throw error;
    }
  }

  return {
    record(revoked) {
      waiting.push(...revoked);
      return next();
    },
    async *entries(onDamage) {
      const input = handle.createReadStream({ start: 0, autoClose: false, encoding: 'utf8' });
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line === '') continue;
        const tombstone = parseJournalLine(line);
        if (tombstone === undefined) onDamage();
        else yield tombstone;
      }
    },
    async close() {
      await next().catch(() => undefined);
      clearTimeout(retry);
      await handle.close();
    },
  };
}

async function endsInsideLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

/** A file that was just made is found again after a power cut only once its folder is on disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
