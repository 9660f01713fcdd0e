import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { RunningServer } from '@latchkey/server';
import type { Messages } from '@latchkey/wire/messages';
import { DEMONSTRATION_ACCOUNT } from './demonstration-tokens.ts';
import { StartProblem } from './start-problem.ts';
import { readTokenFile, writeTokenFile } from './token-file.ts';

const EMAIL = 'demo@example.com';

/** Who signs in to the dashboard of the demonstration. */
export interface DemonstrationPerson {
  readonly email: string;
  readonly password: string;
  /** Holds the password, as it was when the person was made. */
  readonly file: string;
  /** Made in this run, so the password has not been shown yet. */
  readonly isNew: boolean;
}

/**
 * Finds the owner of the demonstration's account and of the operator's, or makes them with a random password, which stays in a
 * file beside the tokens.
 * @throws StartProblem where the person is there and the file is not
 */
export async function ensureDemonstrationPerson(
  server: RunningServer,
  folder: string,
  operatorAccount: string,
  text: Messages,
): Promise<DemonstrationPerson> {
  const file = path.join(folder, 'demo.password');
  const kept = await readTokenFile(file);
  const password = kept ?? randomBytes(18).toString('base64url');
  // Before there is a person whose password could be lost.
  if (kept === undefined) await writeTokenFile(file, password);
  const made = await server.addPerson({
    email: EMAIL,
    name: 'Demo',
    password,
    memberships: [DEMONSTRATION_ACCOUNT, operatorAccount].map((account) => ({ account, role: 'owner' })),
  });
  if (made.ok) return { email: EMAIL, password, file, isNew: true };
  if (made.refusal.code !== 'email_exists') throw new Error(made.refusal.detail);
  if (kept !== undefined) return { email: EMAIL, password, file, isNew: false };
  await rm(file);
  throw new StartProblem([text.start.passwordLost({ file }), text.start.beginAnew({ folder })]);
}
