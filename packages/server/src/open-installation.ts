import { existsSync } from 'node:fs';
import type { AccountName } from '@latchkey/core';
import type { Config } from './config/config.ts';
import type { Log } from './http/app-deps.ts';
import { InstallationError } from './installation-error.ts';
import { replayJournal } from './journal/replay-journal.ts';
import { openRevocationJournal, type RevocationJournal } from './journal/revocation-journal.ts';
import { type KeyedPeople, openPeople, WrongServerKey } from './people/open-people.ts';
import type { RecordRevocations } from './store/sql/sql-store.ts';
import type { Store } from './store/store.ts';
import type { Deps } from './tokens/deps.ts';
import { useCaseDeps } from './use-case-deps.ts';

/** The store of an installation, in agreement with its revocation journal, into which every revocation goes. */
export interface OpenInstallation {
  readonly deps: Deps;
  readonly people: KeyedPeople;
  /** The operator's account, as it was named when the installation was made. */
  readonly operatorAccount: AccountName;
  close(): Promise<void>;
}

export interface OpenInstallationParts {
  readonly now: () => number;
  readonly log: Log;
  /** Opens the store of the data folder; rejects with an InstallationError where it cannot. */
  readonly openStore: (recordRevocations: RecordRevocations) => Promise<Store>;
}

/**
 * Opens the store and the journal of the configuration, and revokes again what had come back.
 * @throws InstallationError when the folder holds no installation, is in use, or one of the two cannot be had
 */
export async function openInstallation(
  config: Config,
  { now, log, openStore }: OpenInstallationParts,
): Promise<OpenInstallation> {
  const { dataDir, journal: file } = config.server;
  const missing = new InstallationError(
    'not_initialised',
    `${dataDir} holds no Latchkey installation: run \`latchkey init --data ${dataDir}\` first`,
  );
  if (!existsSync(dataDir)) throw missing;
  let journal: RevocationJournal | undefined;
  const store = await openStore(async (revoked) => {
    if (journal === undefined) throw new Error('a token was revoked before the revocation journal was open');
    await journal.record(revoked);
  });
  const close = async () => {
    await store.close();
    await journal?.close();
  };
  try {
    const accounts = await store.accounts({ after: null, limit: 1 });
    if (accounts.length === 0) throw missing;
    journal = await openJournal(file);
    const deps = useCaseDeps(store, config, now);
    await replayJournal({ ...deps, log }, journal);
    const people = await openKeyed(config, deps);
    const operatorAccount = await operatorOf(store);
    if (operatorAccount === undefined) throw missing;
    return { deps, people, operatorAccount, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function operatorOf(store: Store): Promise<AccountName | undefined> {
  const { value } = await store.change(async (changes) => changes.operatorAccount());
  return value?.name;
}

async function openKeyed({ signIn }: Config, deps: Deps): Promise<KeyedPeople> {
  try {
    return await openPeople({ ...deps, keyFile: signIn.keyFile });
  } catch (error) {
    if (!(error instanceof WrongServerKey)) throw cannotOpen(`the key file ${signIn.keyFile}`, error);
    throw new InstallationError('cannot_open', error.message, error);
  }
}

async function openJournal(file: string): Promise<RevocationJournal> {
  try {
    return await openRevocationJournal(file);
  } catch (error) {
    throw cannotOpen(`the revocation journal ${file}`, error);
  }
}

export function cannotOpen(what: string, error: unknown): InstallationError {
  const reason = error instanceof Error ? error.message : 'unknown failure';
  return new InstallationError('cannot_open', `Cannot open ${what}: ${reason}`, error);
}
