import { chmodSync, closeSync, openSync } from 'node:fs';

/**
 * Sees to it that a file is there and that only its owner can open it, from its first moment on: a reader who came earlier
 * would keep reading. Never opens a file that is there: closing it would let go of this process's locks on it.
 */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    chmodSync(file, 0o600);
  }
}
