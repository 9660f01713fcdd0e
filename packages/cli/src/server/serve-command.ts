import type { Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { chosenConfig } from './chosen-config.ts';
import { installationFailure } from './installation-failure.ts';
import { loadServer } from './load-server.ts';

/**
 * `latchkey serve`: runs until it is told to stop. Standard output has the log and, with `--json`, one line
 * `{"url", "port", "setupUrl"}` once the server listens; what people read goes to standard error.
 */
export function serveCommand(context: Context) {
  const { text, terminal, globals } = context;
  const values = optionValues(text);
  return localisedCommand('serve', terminal, text)
    .description(text.help.serve)
    .option('--data <dir>', text.options.data)
    .option('--port <n>', text.options.port, values.port('--port'))
    .option('--host <host>', text.options.host)
    .option('--config <file>', text.options.config)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey serve --data ./data --port 8420', text.help.servePort],
        ['latchkey serve --config /etc/latchkey.yaml', text.help.serveConfig],
      ]),
    )
    .action(async (options) => {
      const config = await chosenConfig(context, 'serve', options);
      const { startServer } = await loadServer(text, 'serve');
      // Before it has started, so that a signal that comes meanwhile ends it in order too.
      const stopped = new Promise<void>((resolve) => terminal.onStop(resolve));
      const server = await startServer(config).catch((error: unknown) => {
        throw installationFailure(error, config, text);
      });
      if (globals().json) {
        const { url, port, setupUrl } = server;
        terminal.out.write(`${JSON.stringify({ url, port, setupUrl })}\n`);
      } else {
        say(text.server.listening({ url: server.url }));
        say(text.server.dataIn({ folder: config.server.dataDir }));
        if (server.setupUrl !== undefined) {
          say('');
          say(text.server.setUp);
          say(`  ${server.setupUrl}`);
          say('');
        }
        say(text.server.stopWith);
      }
      await stopped;
      if (!globals().json) say(text.server.stopping);
      await server.close();
    });

  function say(sentence: string): void {
    terminal.err.write(`${sentence}\n`);
  }
}
