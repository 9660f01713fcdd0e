import type { FixedOption, GatewayOptions, RunningGateway } from '@latchkey/gateway';
import type { Config, Log } from '@latchkey/server';
import type { Messages } from '@latchkey/wire/messages';
import { Failure } from '../failure.ts';
import { gatewayFailure } from './gateway-failure.ts';

/** A configuration as it stands now, and what a gateway takes of it. */
export interface ReadOptions {
  readonly config: Config;
  readonly options: GatewayOptions;
}

const SETTING_OF = {
  host: 'gateway.host',
  port: 'gateway.port',
  server: 'gateway.server',
  name: 'gateway.name',
  token: 'gateway.tokenFile',
  dataDir: 'gateway.dataDir',
  proxy: 'gateway.proxy',
  'proxy.host': 'gateway.proxy.host',
  'proxy.port': 'gateway.proxy.port',
  'proxy.connectTimeoutMs': 'gateway.proxy.connectTimeoutMs',
  'proxy.firstByteTimeoutMs': 'gateway.proxy.firstByteTimeoutMs',
  'proxy.idleTimeoutMs': 'gateway.proxy.idleTimeoutMs',
  'proxy.headerLimitBytes': 'gateway.proxy.headerLimitBytes',
  'proxy.cacheBytes': 'gateway.proxy.cacheBytes',
  'proxy.cacheBodyLimitBytes': 'gateway.proxy.cacheBodyLimitBytes',
  'proxy.cacheWaitMs': 'gateway.proxy.cacheWaitMs',
  'proxy.cacheIgnoredHeaders': 'gateway.proxy.cacheIgnoredHeaders',
} as const satisfies Record<FixedOption, string>;

/**
 * Reads the configuration again and puts it in force, whole or not at all; the log says which, with everything that is wrong and every
 * setting that waits for a restart. Never rejects: whatever goes wrong, the gateway goes on as before.
 */
export async function reloadGateway(parts: {
  readonly gateway: Pick<RunningGateway, 'reload'>;
  /** Rejects with a Failure where the configuration cannot be used. */
  readonly read: () => Promise<ReadOptions>;
  /** With what the process was started. */
  readonly started: Pick<Config, 'log'>;
  readonly log: Log;
  readonly text: Messages;
}): Promise<void> {
  const { gateway, read, started, log, text } = parts;
  try {
    const { config, options } = await read();
    const reloaded = await gateway.reload(options);
    if (!reloaded.ok) throw gatewayFailure(reloaded.error, options, text);
    const needsRestart: string[] = reloaded.needsRestart.map((option) => SETTING_OF[option]);
    if (config.log.level !== started.log.level) needsRestart.push('log.level');
    log.info({ needsRestart }, 'the configuration was read again and is in force');
  } catch (error) {
    const problems = error instanceof Failure ? problemsOf(error) : [String(error)];
    log.error({ problems }, 'the configuration was read again and is refused: the one before stays in force');
  }
}

function problemsOf({ report }: Failure): readonly string[] {
  return [report.message, ...(report.problems ?? [])];
}
