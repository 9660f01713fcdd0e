import { confirmed } from '../confirmed.ts';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';

/** `latchkey token rotate undo`: the old token, which stays. Asks before it revokes the successor. */
export function undoRotationCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('undo', terminal, text)
    .description(text.help.tokenRotateUndo)
    .argument('<id>', text.options.tokenId, values.tokenId)
    .option(
      '--successor <fate>',
      text.options.fateOfSuccessor,
      values.oneOf('--successor', ['revoke', 'keep'] as const),
    )
    .option('-y, --yes', text.options.yes, false)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token rotate undo cmabcdefghijklmnopqrstuvw', text.help.tokenRotateUndoIt],
        [
          'latchkey token rotate undo cmabcdefghijklmnopqrstuvw --successor keep',
          text.help.tokenRotateUndoKeep,
        ],
      ]),
    )
    .action(async (id, { successor }, command) => {
      // `rotate` has an option of the same name and takes it first.
      const { yes } = command.optsWithGlobals();
      const { ask } = await connect(context, 'token');
      const { token: old, replacedBy } = await ask(({ native }) => native.tokens.rotation(id));
      const ids = { old, successor: replacedBy };
      const keeps = successor === 'keep';
      if (!keeps && !yes) await confirmed(context, false, text.rotation.confirmUndo(ids));
      const token = await ask(({ native }) => native.tokens.undoRotation(id, { successor }));
      const done = keeps ? text.rotation.undoneKept(ids) : text.rotation.undone(ids);
      answer(context, token, () => `${done}\n`);
    });
}
