import { recogniseTokenText } from '@latchkey/core';
import { checkServerUrl, type FoundToken, givenToken } from '../connection/connect.ts';
import { readPrivateFile } from '../connection/credentials-file.ts';
import type { Context } from '../context.ts';
import { warn } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { chosenConfig } from '../server/chosen-config.ts';
import { loadServer } from '../server/load-server.ts';
import { gatewayFailure } from './gateway-failure.ts';
import { loadGateway } from './load-gateway.ts';
import { type ReadOptions, reloadGateway } from './reload-gateway.ts';

/**
 * `latchkey gateway`: runs until it is told to stop. Standard output has the log and, with `--json`, one line
 * `{"url", "port", "proxy"}` once the doors listen (`proxy` where a reverse proxy runs); what people read goes to standard error.
 */
export function gatewayCommand(context: Context) {
  const { text, terminal, globals } = context;
  const values = optionValues(text);
  return localisedCommand('gateway', terminal, text)
    .description(text.help.gateway)
    .option('--config <file>', text.options.config)
    .option('--port <n>', text.options.port, values.port('--port'))
    .option('--host <host>', text.options.host)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey gateway --config latchkey.yaml', text.help.gatewayConfig],
        [
          'latchkey gateway --token-file gateway.token --server https://tokens.example.com',
          text.help.gatewayToken,
        ],
      ]),
    )
    .action(async ({ config: file, port, host }) => {
      const read = async (): Promise<ReadOptions> => {
        const config = await chosenConfig(context, 'gateway', {
          config: file,
          gatewayPort: port,
          gatewayHost: host,
        });
        const { tokenFile, ...settings } = config.gateway;
        const token = await feedToken(context, tokenFile);
        const server = checkServerUrl(context, globals().server ?? settings.server);
        const { services, secretInQuery } = config;
        return { config, options: { ...settings, server, token, services, secretInQuery } };
      };
      const { config, options } = await read();
      const { createLog } = await loadServer(text, 'gateway');
      const { startGateway } = await loadGateway(text);
      const log = createLog(config.log);
      const gateway = await startGateway(options, log).catch((error: unknown) => {
        throw gatewayFailure(error, options, text);
      });
      const stopped = new Promise<void>((resolve) => terminal.onStop(resolve));
      terminal.onReload(() => {
        void reloadGateway({ gateway, read, started: config, log, text });
      });
      if (options.trustedProxies.length === 0 && options.proxy === undefined)
        warn(context, text.gateway.nobodyTrusted);
      if (globals().json) {
        const { url, port: bound, proxyUrl: proxy } = gateway;
        terminal.out.write(`${JSON.stringify({ url, port: bound, proxy })}\n`);
      } else {
        say(text.gateway.listening({ url: gateway.url }));
        if (gateway.proxyUrl !== undefined) say(text.gateway.proxyListening({ url: gateway.proxyUrl }));
        say(text.gateway.following({ server: options.server }));
        say(text.server.stopWith);
      }
      await stopped;
      if (!globals().json) say(text.server.stopping);
      await gateway.close();
    });

  function say(sentence: string): void {
    terminal.err.write(`${sentence}\n`);
  }
}

/** @throws Failure where there is no token, or what is there is none */
async function feedToken(context: Context, file: string | undefined): Promise<string> {
  const { text } = context;
  const found = (await givenToken(context)) ?? (await tokenIn(context, file));
  const { noToken, tokenMalformed, tokenMalformedFix } = text.connection;
  if (found === undefined) {
    const fix = text.gateway.noTokenFix;
    throw new Failure({ exit: 'unauthorised', code: 'no_token', message: noToken, fix });
  }
  if (recogniseTokenText(found.text) !== undefined) return found.text;
  const message = tokenMalformed({ source: found.source });
  throw new Failure({ exit: 'unauthorised', code: 'malformed_token', message, fix: tokenMalformedFix });
}

async function tokenIn({ text }: Context, file: string | undefined): Promise<FoundToken | undefined> {
  if (file === undefined) return undefined;
  const content = await readPrivateFile(file, text, { missing: 'failure' });
  return { text: content?.trim() ?? '', source: file };
}
