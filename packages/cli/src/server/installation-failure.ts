import type { Config, InstallationError } from '@latchkey/server';
import type { Messages } from '@latchkey/wire/messages';
import type { ExitName } from '../exit-code.ts';
import { Failure } from '../failure.ts';

interface Told {
  readonly exit: ExitName;
  readonly message: string;
  readonly fix: string;
}

/** Says in the reader's language why the server cannot run here. Other errors come back unchanged. */
export function installationFailure(error: unknown, { server }: Config, text: Messages): unknown {
  if (!isInstallationError(error)) return error;
  const { host, port, dataDir: folder } = server;
  const problem = error.cause instanceof Error ? error.cause.message : error.message;
  const told = {
    not_initialised: {
      exit: 'refused',
      message: text.server.notInitialised({ folder }),
      fix: text.server.notInitialisedFix({ folder }),
    },
    already_initialised: {
      exit: 'refused',
      message: text.server.alreadyInitialised({ folder }),
      fix: text.server.alreadyInitialisedFix,
    },
    port_in_use: {
      exit: 'unavailable',
      message: text.server.portTaken({ host, port }),
      fix: text.server.portTakenFix,
    },
    cannot_listen: {
      exit: 'unavailable',
      message: text.server.cannotListen({ host, port, problem }),
      fix: text.server.cannotListenFix,
    },
    cannot_open: {
      exit: 'failed',
      message: text.server.dataUnusable({ folder, problem }),
      fix: text.server.dataUnusableFix,
    },
  } as const satisfies Record<InstallationError['code'], Told>;
  return new Failure({ code: error.code, ...told[error.code] }, error);
}

/** By name, because the class itself comes from a module that is loaded only where it is needed. */
function isInstallationError(error: unknown): error is InstallationError {
  return error instanceof Error && error.name === 'InstallationError';
}
