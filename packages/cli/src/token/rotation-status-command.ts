import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { drawRotation } from './draw-rotation.ts';

/** `latchkey token rotate status`: the rotation, with who still uses the old token where the caller may see that. */
export function rotationStatusCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('status', terminal, text)
    .description(text.help.tokenRotateStatus)
    .argument('<id>', text.options.tokenId, optionValues(text).tokenId)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token rotate status cmabcdefghijklmnopqrstuvw', text.help.tokenRotateStatusIt],
      ]),
    )
    .action(async (id) => {
      const { ask } = await connect(context, 'token');
      const rotation = await ask(({ native }) => native.tokens.rotation(id));
      answer(context, rotation, (paint) => drawRotation(rotation, text, paint));
    });
}
