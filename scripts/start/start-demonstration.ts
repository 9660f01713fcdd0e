import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  type Config,
  InstallationError,
  initInstallation,
  loadConfig,
  type RunningServer,
  startServer,
} from '@latchkey/server';
import type { Messages } from '@latchkey/wire/messages';
import { readMapOptions } from '../../examples/map/src/map-options.ts';
import { type DemonstrationPerson, ensureDemonstrationPerson } from './demonstration-person.ts';
import {
  type DemonstrationTokens,
  ensureDemonstrationTokens,
  type KeptToken,
} from './demonstration-tokens.ts';
import { type GuardedMap, startMapBehindGateway } from './start-map-behind-gateway.ts';
import { StartProblem } from './start-problem.ts';
import { readTokenFile, writeTokenFile } from './token-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that runs, and what is needed to tell people about it. */
export interface Demonstration {
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly pageUrl: string;
  /** Absolute. */
  readonly folder: string;
  readonly operator: KeptToken;
  readonly tokens: DemonstrationTokens;
  readonly person: DemonstrationPerson;
  /** Stops the gateway and the maps API first, then the server. */
  close(): Promise<void>;
}

/**
 * Starts the server and the demonstration API on the data folder, and makes what is missing there: operator, account, tokens.
 * Nothing stays running when it fails.
 * @throws StartProblem with sentences for people
 */
export async function startDemonstration(environment: Environment, text: Messages): Promise<Demonstration> {
  const config = await readConfig(environment, text);
  const folder = path.resolve(config.server.dataDir);
  const operator = await ensureOperator(config, folder, text);
  const server = await startServer(config).catch((error: unknown) => {
    throw explainServer(error, config, text);
  });
  try {
    const tokens = await ensureDemonstrationTokens(server.url, folder, operator, text);
    const person = await ensureDemonstrationPerson(server, folder, config.operator.account, text);
    const map = await openMap(environment, server, folder, tokens);
    return {
      serverUrl: server.url,
      apiUrl: map.apiUrl,
      pageUrl: map.pageUrl,
      folder,
      operator,
      tokens,
      person,
      async close() {
        await map.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function readConfig(environment: Environment, text: Messages): Promise<Config> {
  const quiet = { ...environment, LATCHKEY_LOG_LEVEL: environment.LATCHKEY_LOG_LEVEL ?? 'warn' };
  const loaded = await loadConfig({ environment: quiet });
  if (loaded.ok) return loaded.config;
  throw new StartProblem([
    text.server.configBad({ count: loaded.problems.length }),
    ...loaded.problems.map((problem) => `  ${problem}`),
  ]);
}

async function ensureOperator(config: Config, folder: string, text: Messages): Promise<KeptToken> {
  const file = path.join(folder, 'operator.token');
  const kept = await readTokenFile(file);
  if (kept !== undefined) return { file, text: kept, isNew: false };
  // Before there is a token that could be lost.
  await makePrivateFolder(folder).catch((error: unknown) => {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StartProblem([text.server.dataUnusable({ folder, problem }), text.start.dataFix], error);
  });
  const outcome = await initInstallation(config).catch((error: unknown) => {
    throw explainServer(error, config, text);
  });
  if (!outcome.ok)
    throw new StartProblem(
      [text.start.tokenLost({ file }), text.start.beginAnew({ folder })],
      outcome.refusal,
    );
  await writeTokenFile(file, outcome.value.text);
  return { file, text: outcome.value.text, isNew: true };
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.W_OK);
}

async function openMap(
  environment: Environment,
  server: RunningServer,
  folder: string,
  tokens: DemonstrationTokens,
): Promise<GuardedMap> {
  const read = readMapOptions({
    MAP_DATA_DIR: path.join(folder, 'map'),
    MAP_PUBLIC_TOKEN: tokens.page.text,
    ...environment,
    LATCHKEY_URL: server.url,
    MAP_BEHIND_GATEWAY: 'true',
  });
  if (!read.ok) throw new StartProblem(read.problems);
  const reports = {
    onFailure: (error: Error) => void process.stderr.write(`${error.stack}\n`),
    onWarning: (fields: object, message: string) =>
      void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
  };
  return startMapBehindGateway(read.options, tokens.verifier.text, reports).catch((error: unknown) => {
    // What it throws here is a sentence for people already.
    throw new StartProblem([error instanceof Error ? error.message : String(error)], error);
  });
}

function explainServer(error: unknown, { server }: Config, text: Messages): unknown {
  if (!(error instanceof InstallationError)) return error;
  if (error.code === 'port_in_use')
    return new StartProblem([text.server.portTaken(server), text.start.portFix], error);
  return new StartProblem([error.message], error);
}
