import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { drawToken } from './draw-token.ts';

/** `latchkey token show` */
export function showTokenCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('show', terminal, text)
    .description(text.help.tokenShow)
    .argument('<id>', text.options.tokenId, optionValues(text).tokenId)
    .addHelpText(
      'after',
      examplesText(text, [['latchkey token show cmabcdefghijklmnopqrstuvw', text.help.tokenShowIt]]),
    )
    .action(async (id) => {
      const { ask } = await connect(context, 'token');
      const token = await ask(({ native }) => native.tokens.get(id));
      answer(context, token, (paint) => drawToken(token, text, paint));
    });
}
