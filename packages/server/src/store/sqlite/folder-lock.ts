import Database from 'better-sqlite3';
import { makePrivate } from './private-file.ts';

/** Held by at most one process at a time. The operating system lets go of it when the process ends, however it ends. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock that stands for the right to write this database.
 * @throws Error when another process, or another store of this one, holds it
 */
export function lockDatabase(file: string): FolderLock {
  // Whoever can read it can lock it, too.
  makePrivate(`${file}.lock`);
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      throw new Error(
        `${file} is in use by another Latchkey process: stop it first, or choose another folder`,
        {
          cause,
        },
      );
    }
    throw cause;
  }
  return {
    release() {
      lock.close();
    },
  };
}
