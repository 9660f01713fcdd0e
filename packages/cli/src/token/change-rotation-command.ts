import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { drawRotation } from './draw-rotation.ts';
import { rotationOptions, termBody } from './rotation-options.ts';

/** `latchkey token rotate change`: the rotation as it then is. */
export function changeRotationCommand(context: Context) {
  const { text, terminal } = context;
  const term = rotationOptions(context);
  return localisedCommand('change', terminal, text)
    .description(text.help.tokenRotateChange)
    .argument('<id>', text.options.tokenId, optionValues(text).tokenId)
    .addOption(term.grace)
    .addOption(term.untilQuiet)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token rotate change cmabcdefghijklmnopqrstuvw --grace 2d', text.help.tokenRotateChangeIt],
      ]),
    )
    .action(async (id, _options, command) => {
      // `rotate` has options of the same names and takes them first.
      const body = termBody(command.optsWithGlobals());
      if (Object.keys(body).length === 0)
        throw new Failure({ exit: 'usage', code: 'nothing_to_change', message: text.rotation.needsTerm });
      const { ask } = await connect(context, 'token');
      const rotation = await ask(({ native }) => native.tokens.changeRotation(id, body));
      answer(context, rotation, (paint) => {
        const done = text.rotation.changed({ old: rotation.token });
        return `${done}\n\n${drawRotation(rotation, text, paint)}`;
      });
    });
}
