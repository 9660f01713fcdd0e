import { open, rm } from 'node:fs/promises';
import type { Messages } from '@latchkey/wire/messages';
import { Failure } from '../failure.ts';
import { fileProblem } from './file-problem.ts';

/** A file that waits for a secret. */
export interface SecretFile {
  readonly path: string;
  /** Writes the secret and a line break, to the disk, and closes. */
  write(secret: string): Promise<void>;
  /** Removes the file again, because there will be no secret. */
  discard(): Promise<void>;
}

/**
 * Makes an empty file that only its owner can read. It is made before the secret is, because a secret that is shown once
 * and cannot be written is lost.
 * @throws Failure where the file exists or cannot be made
 */
export async function reserveSecretFile(file: string, text: Messages): Promise<SecretFile> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Failure(
      {
        exit: exists ? 'refused' : 'usage',
        code: exists ? 'file_exists' : 'file_unwritable',
        field: '--out',
        message: exists
          ? text.secret.fileExists({ file })
          : text.secret.fileUnwritable({ file, problem: fileProblem(error) }),
        fix: exists ? text.secret.fileExistsFix : text.secret.fileUnwritableFix,
      },
      error,
    );
  });
  return {
    path: file,
    async write(secret) {
      try {
        await handle.writeFile(`${secret}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async discard() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}
