import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initInstallation, loadConfig, startServer } from '@latchkey/server';
import { type RunningMap, startMap } from '../../examples/map/src/start-map.ts';
import { startMapBehindGateway } from '../../scripts/start/start-map-behind-gateway.ts';
import { freePort } from './free-port.ts';
import { makeAccount, type TestAccount } from './make-account.ts';

const CONFIG = fileURLToPath(new URL('../../latchkey.yaml', import.meta.url));

/** The demonstration in this process: a server, an account, the maps API and its page. */
export interface Demonstration {
  readonly latchkeyUrl: string;
  readonly operatorToken: string;
  readonly account: TestAccount;
  readonly map: RunningMap;
  /** What the maps API reported as failed. */
  readonly failures: readonly Error[];
  /** Stops everything and removes its data. */
  close(): Promise<void>;
}

export interface BeforeTheMap {
  readonly latchkeyUrl: string;
  readonly account: TestAccount;
  /** Where the page will be, so that a token can be restricted to it. */
  readonly pagePort: number;
}

/**
 * @param pageToken makes the token that the page uses; left out: the account's default public token
 * @param isBehindGateway as `npm start` has it; else the API judges tokens by itself
 */
export async function startDemonstration(
  pageToken: (before: BeforeTheMap) => Promise<string> = async ({ account }) => account.defaultToken,
  isBehindGateway = false,
): Promise<Demonstration> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-map-'));
  const environment = {
    LATCHKEY_DATA_DIR: join(dataDir, 'latchkey'),
    LATCHKEY_PORT: '0',
    LATCHKEY_LOG_LEVEL: 'silent',
    LATCHKEY_RATE_LIMIT_PER_MINUTE: '0',
  };
  const loaded = await loadConfig({ file: CONFIG, environment });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const installed = await initInstallation(loaded.config);
  if (!installed.ok) throw new Error(installed.refusal.detail);
  const operatorToken = installed.value.text;
  const server = await startServer(loaded.config);
  const latchkeyUrl = server.url;
  const account = await makeAccount({ url: latchkeyUrl, operatorToken }, 'acme');
  const failures: Error[] = [];
  const pagePort = await freePort();
  const options = {
    latchkeyUrl,
    latchkeyToken: operatorToken,
    publicToken: await pageToken({ latchkeyUrl, account, pagePort }),
    host: '127.0.0.1',
    port: 0,
    pagePort,
    dataDir: join(dataDir, 'map'),
    publicUrl: undefined,
  };
  const onFailure = (failure: Error) => void failures.push(failure);
  const onWarning = (fields: object, message: string) => onFailure(new Error(message, { cause: fields }));
  const map = isBehindGateway
    ? await startMapBehindGateway(options, operatorToken, { onFailure, onWarning })
    : await startMap(options, onFailure);
  return {
    latchkeyUrl,
    operatorToken,
    account,
    map,
    failures,
    async close() {
      await map.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
