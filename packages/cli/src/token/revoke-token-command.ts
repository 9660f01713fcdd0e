import { confirmed } from '../confirmed.ts';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';

/** `latchkey token revoke`: `{"revoked": [ids]}`. Asks before the first one; stops at the first that is refused. */
export function revokeTokenCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('revoke', terminal, text)
    .description(text.help.tokenRevoke)
    .argument('<id...>', text.options.tokenId, (value, previous: string[] | undefined) => [
      ...(previous ?? []),
      values.tokenId(value),
    ])
    .option('-y, --yes', text.options.yes, false)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token revoke cmabcdefghijklmnopqrstuvw', text.help.tokenRevokeAsk],
        [
          'latchkey token revoke cmabcdefghijklmnopqrstuvw cmzyxwvutsrqponmlkjihgfe --yes',
          text.help.tokenRevokeYes,
        ],
      ]),
    )
    .action(async (ids = [], { yes }) => {
      const { ask } = await connect(context, 'token');
      for (const id of ids) {
        if (!yes) {
          const { usage, note } = await ask(({ native }) => native.tokens.get(id));
          await confirmed(context, false, text.token.confirmRevoke({ id, usage, note: note ?? '' }));
        }
        await ask(({ native }) => native.tokens.revoke(id));
        if (!context.globals().json) answer(context, id, () => `${text.token.revokedNow({ id })}\n`);
      }
      if (context.globals().json) answer(context, { revoked: ids }, () => '');
    });
}
