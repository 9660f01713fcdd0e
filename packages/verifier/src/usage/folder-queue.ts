import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { describeError } from '../feed/failed-call.ts';
import { type BatchQueue, createMemoryQueue } from './batch-queue.ts';

/** Over a day of batches. */
const FILES_LIMIT = 10_000;
const BATCH_FILE = /^[0-9]{15}-[A-Za-z0-9_-]{1,64}\.batch$/;

/**
 * Batches as files, each whole and synced before it counts as kept. Processes that share a folder may deliver each other's: the
 * server counts a batch once. Where the folder cannot be written, batches wait in memory.
 *
 * @param url the installation; several may have batches in one folder
 * @param label tells the files of this process from those of others
 */
export function createFolderQueue(
  folder: string,
  { url, label, now }: { readonly url: string; readonly label: string; readonly now: () => number },
): BatchQueue {
  const own = path.join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 16)}.usage`);
  const memory = createMemoryQueue();
  let files: string[] = [];
  let written = 0;
  let problem: string | undefined;

  async function write(name: string, batch: string): Promise<void> {
    await mkdir(own, { recursive: true, mode: 0o700 });
    const temporary = path.join(own, `${name}.tmp`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(batch);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path.join(own, name));
  }

  function forget(name: string): void {
    files = files.filter((other) => other !== name);
  }

  return {
    async add(batch) {
      written += 1;
      const name = `${String(now()).padStart(15, '0')}-${label}-${written}.batch`;
      try {
        await write(name, batch);
        files.push(name);
        problem = undefined;
        return true;
      } catch (error) {
        problem = `usage could not be kept on disk: ${describeError(error)}`;
        return memory.add(batch);
      }
    },
    async first() {
      for (const name of files) {
        const file = path.join(own, name);
        try {
          const text = await readFile(file, 'utf8');
          return {
            text,
            async done() {
              forget(name);
              await rm(file, { force: true });
            },
            async refuse() {
              forget(name);
              await rename(file, `${file}.refused`);
            },
          };
        } catch {
          // Another process has delivered it.
          forget(name);
        }
      }
      return memory.first();
    },
    isFull: () => memory.isFull() || files.length >= FILES_LIMIT,
    isEmpty: () => files.length === 0 && memory.isEmpty(),
    async adopt() {
      try {
        const found = (await readdir(own)).filter((name) => BATCH_FILE.test(name) && !files.includes(name));
        files = [...found, ...files].sort();
      } catch {
        // There is no folder before the first batch.
      }
    },
    get problem() {
      return problem;
    },
  };
}
