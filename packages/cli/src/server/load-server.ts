import process from 'node:process';
import type { Messages } from '@latchkey/wire/messages';
import { Failure } from '../failure.ts';

type Server = typeof import('@latchkey/server');

/** What runs the server's code in this process, if only to read its configuration. */
export type ServerCommand = 'serve' | 'init' | 'config check' | 'gateway';

/**
 * Loads the server's code, for the few commands that run it here; all others work where it cannot even be installed.
 * @throws Failure where Node.js is too old for it, or where it is not installed
 */
export async function loadServer(text: Messages, command: ServerCommand): Promise<Server> {
  const { node: version } = process.versions;
  if (!isNewEnough(version))
    throw new Failure({
      exit: 'usage',
      code: 'node_too_old',
      message: text.server.nodeTooOld({ command, version }),
      fix: text.server.nodeTooOldFix,
    });
  try {
    return await import('@latchkey/server');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing || !error.message.includes('@latchkey/server')) throw error;
    const { notInstalled, notInstalledFix } = text.server;
    throw new Failure(
      { exit: 'failed', code: 'server_missing', message: notInstalled, fix: notInstalledFix },
      error,
    );
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}
