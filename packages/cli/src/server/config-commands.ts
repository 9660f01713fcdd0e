import { answer, type Context } from '../context.ts';
import { commandGroup, examplesText, localisedCommand } from '../help.ts';
import { chosenConfig } from './chosen-config.ts';

/** `latchkey config check` */
export function configCommands(context: Context) {
  const { text, terminal } = context;
  const check = localisedCommand('check', terminal, text)
    .description(text.help.configCheck)
    .option('--config <file>', text.options.config)
    .addHelpText(
      'after',
      examplesText(text, [['latchkey config check --config latchkey.yaml', text.help.configCheckIt]]),
    )
    .action(async (options) => {
      await chosenConfig(context, 'config check', options);
      answer(context, { ok: true }, (paint) => `${paint.green(text.server.configGood)}\n`);
    });
  return commandGroup('config', terminal, text).description(text.help.config).addCommand(check);
}
