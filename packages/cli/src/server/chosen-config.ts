import type { Config } from '@latchkey/server';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { loadServer, type ServerCommand } from './load-server.ts';

/** Options that go before the configuration file and the environment. */
export interface ConfigOptions {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly gatewayPort?: number | undefined;
  readonly gatewayHost?: string | undefined;
  /** Name of the operator's account. */
  readonly operator?: string | undefined;
}

/**
 * The configuration in force: options before `LATCHKEY_*` before the file.
 * @throws Failure that lists every problem
 */
export async function chosenConfig(
  context: Context,
  command: ServerCommand,
  options: ConfigOptions,
): Promise<Config> {
  const { text, terminal } = context;
  const { loadConfig } = await loadServer(text, command);
  const environment = {
    ...terminal.environment,
    ...(options.data !== undefined && { LATCHKEY_DATA_DIR: options.data }),
    ...(options.port !== undefined && { LATCHKEY_PORT: String(options.port) }),
    ...(options.host !== undefined && { LATCHKEY_HOST: options.host }),
    ...(options.gatewayPort !== undefined && { LATCHKEY_GATEWAY_PORT: String(options.gatewayPort) }),
    ...(options.gatewayHost !== undefined && { LATCHKEY_GATEWAY_HOST: options.gatewayHost }),
    ...(options.operator !== undefined && { LATCHKEY_OPERATOR_ACCOUNT: options.operator }),
  };
  const loaded = await loadConfig({ file: options.config, environment });
  if (loaded.ok) return loaded.config;
  throw new Failure({
    exit: 'usage',
    code: 'config_invalid',
    message: text.server.configBad({ count: loaded.problems.length }),
    problems: loaded.problems,
  });
}
