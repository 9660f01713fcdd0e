import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { deliverSecret } from '../secret/deliver-secret.ts';
import { drawFields } from '../terminal/table.ts';
import { chosenConfig } from './chosen-config.ts';
import { installationFailure } from './installation-failure.ts';
import { loadServer } from './load-server.ts';

/** `latchkey init`: `{"account", "operatorToken"}`, once for a data folder. */
export function initCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('init', terminal, text)
    .description(text.help.init)
    .option('--data <dir>', text.options.data)
    .option('--operator <name>', text.options.operator)
    .option('--config <file>', text.options.config)
    .option('--out <file>', text.options.out)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey init --data ./data --out operator.token', text.help.initOut],
        ['latchkey init --data ./data --json', text.help.initJson],
      ]),
    )
    .action(async ({ out, ...options }) => {
      const config = await chosenConfig(context, 'init', options);
      const { initInstallation } = await loadServer(text, 'init');
      const folder = config.server.dataDir;
      await deliverSecret(context, out, async () => {
        const outcome = await initInstallation(config).catch((error: unknown) => {
          throw installationFailure(error, config, text);
        });
        if (!outcome.ok) throw refusedInit(outcome.refusal, folder);
        const { account, text: operatorToken } = outcome.value;
        return {
          result: { account: account.name, operatorToken },
          secretKey: 'operatorToken',
          isShownOnce: true,
          human: (paint, shown) =>
            [
              text.server.initialised({ account: account.name, folder }),
              '',
              drawFields([[text.server.operatorToken, shown]], paint),
              `${text.server.next}:`,
              `  ${text.server.nextServe({ folder })}`,
              `  ${text.server.nextAccount}`,
              '',
            ].join('\n'),
        };
      });
    });

  function refusedInit(
    { code, detail }: { readonly code: string; readonly detail: string },
    folder: string,
  ): Failure {
    if (code !== 'already_initialised') return new Failure({ exit: 'refused', code, message: detail });
    const message = text.server.alreadyInitialised({ folder });
    return new Failure({ exit: 'refused', code, message, fix: text.server.alreadyInitialisedFix });
  }
}
