import { confirmed } from '../confirmed.ts';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { type AwaitedRevocation, refusePending, revokeAndWait } from './await-receipt.ts';

/** As long as the server holds an answer. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * `latchkey token revoke`: `{"revoked": [ids]}`, and with `--wait` `receipts` of each. Asks before each one; stops at the
 * first that is refused.
 */
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
    .option('--wait [seconds]', text.options.wait, values.wholeNumber('--wait', 1, LONGEST_WAIT_SECONDS))
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token revoke cmabcdefghijklmnopqrstuvw', text.help.tokenRevokeAsk],
        [
          'latchkey token revoke cmabcdefghijklmnopqrstuvw cmzyxwvutsrqponmlkjihgfe --yes',
          text.help.tokenRevokeYes,
        ],
        ['latchkey token revoke cmabcdefghijklmnopqrstuvw --wait 10', text.help.tokenRevokeWait],
      ]),
    )
    .action(async (ids = [], { yes, wait }) => {
      const connection = await connect(context, 'token');
      const { ask } = connection;
      const waitSeconds = wait === true ? LONGEST_WAIT_SECONDS : wait;
      const awaited: AwaitedRevocation[] = [];
      for (const id of ids) {
        if (!yes) {
          const { usage, note } = await ask(({ native }) => native.tokens.get(id));
          await confirmed(context, false, text.token.confirmRevoke({ id, usage, note: note ?? '' }));
        }
        if (waitSeconds === undefined) await ask(({ native }) => native.tokens.revoke(id));
        else awaited.push(await revokeAndWait(context, connection, id, waitSeconds));
        if (!context.globals().json) answer(context, id, () => `${text.token.revokedNow({ id })}\n`);
      }
      const receipts = waitSeconds === undefined ? {} : { receipts: awaited };
      if (context.globals().json) answer(context, { revoked: ids, ...receipts }, () => '');
      if (waitSeconds === undefined) return;
      for (const one of awaited) refusePending(context, one, waitSeconds);
      if (!context.globals().json) answer(context, '', () => `${text.verifier.complete}\n`);
    });
}
