import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@latchkey/wire/client';
import { checkConfig } from '../../config/check-config.ts';
import { describeProblem } from '../../config/config-problem.ts';
import { createLog } from '../../create-log.ts';
import { initInstallation, type RequestLimits, startServer } from '../../start-server.ts';
import type { LoadLimits } from '../load-gate.ts';

/** A real server on a real SQLite store in a folder of its own, with an operator and two accounts. */
export interface TestServer {
  readonly url: string;
  /** The link by which the first person is made. */
  readonly setupUrl: string | undefined;
  /** Secret token with every scope of the operator. */
  readonly operator: string;
  readonly operatorClient: Client;
  readonly acme: TestAccount;
  readonly rival: TestAccount;
  /** Every line that the server logged. */
  readonly logged: readonly string[];
  /** Makes a call as it is written, with nothing added. */
  call(path: string, init?: RequestInit): Promise<TestAnswer>;
  /** Makes a call with a token and perhaps a JSON body. */
  callAs(token: string, method: string, path: string, body?: unknown): Promise<TestAnswer>;
  /** Number of rows in the audit log: whatever is stored adds one. */
  auditLength(): Promise<number>;
  close(): Promise<void>;
}

export interface TestAccount {
  readonly name: string;
  /** Secret token with every scope of the account. */
  readonly token: string;
  readonly tokenId: string;
  /** The default public token. */
  readonly publicToken: string;
  readonly publicTokenId: string;
  readonly client: Client;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: Record<string, unknown> | undefined;
}

export interface TestServerOptions {
  readonly yaml?: string;
  /** `LATCHKEY_*`, beside those that tests always want. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly loadLimits?: LoadLimits;
  readonly requestLimits?: RequestLimits;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-http-'));
  const logged: string[] = [];
  const checked = checkConfig({
    yaml: options.yaml ?? '',
    name: 'latchkey.yaml',
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: folder,
      LATCHKEY_RATE_LIMIT_PER_MINUTE: '0',
      ...options.environment,
    },
  });
  if (!checked.ok) throw new Error(checked.problems.map(describeProblem).join('\n'));
  const { config } = checked;
  const made = await initInstallation(config);
  if (!made.ok) throw new Error(made.refusal.detail);
  const log = createLog({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const { yaml: _yaml, environment: _environment, ...rest } = options;
  const server = await startServer(config, { log, ...rest });
  const { url } = server;
  const operator = made.value.text;
  const operatorClient = createClient({ url, token: operator });

  async function call(path: string, init?: RequestInit): Promise<TestAnswer> {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  }

  return {
    url,
    setupUrl: server.setupUrl,
    operator,
    operatorClient,
    acme: await makeAccount('acme', url, operatorClient),
    rival: await makeAccount('rival', url, operatorClient),
    logged,
    call,
    callAs(token, method, path, body) {
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      if (body === undefined) return call(path, { method, headers });
      headers['content-type'] = 'application/json';
      return call(path, { method, headers, body: JSON.stringify(body) });
    },
    async auditLength() {
      const { items } = await operatorClient.native.audit({ limit: 1 });
      return items[0]?.sequence ?? 0;
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeAccount(name: string, url: string, operator: Client): Promise<TestAccount> {
  const { token, defaultToken } = await operator.native.accounts.create({ name });
  if (token.token === undefined || defaultToken.token === undefined)
    throw new Error('a token without its text');
  return {
    name,
    token: token.token,
    tokenId: token.id,
    publicToken: defaultToken.token,
    publicTokenId: defaultToken.id,
    client: createClient({ url, token: token.token }),
  };
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
