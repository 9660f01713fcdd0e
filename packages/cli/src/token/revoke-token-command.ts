import { confirmed } from '../confirmed.ts';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { type AwaitedRevocation, refusePending, revokeAndWait } from './await-receipt.ts';
import { revokeMany } from './revoke-many.ts';

/** As long as the server holds an answer. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * `latchkey token revoke`: `{"revoked": [ids]}`, and with `--wait` `receipts` of each. Asks before each one; stops at the
 * first that is refused. By a filter in place of ids: what the API answers to a bulk revocation, after one question.
 */
export function revokeTokenCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('revoke', terminal, text)
    .description(text.help.tokenRevoke)
    .argument('[id...]', text.options.tokenId, (value, previous: string[] | undefined) => [
      ...(previous ?? []),
      values.tokenId(value),
    ])
    .option('--text <text>', text.options.filterText)
    .option('--usage <usage>', text.options.filterUsage, values.oneOf('--usage', ['pk', 'sk', 'tk']))
    .option('--status <status>', text.options.filterLiving, values.oneOf('--status', ['active', 'expired']))
    .option('--scope <scope>', text.options.filterScope)
    .option('--unused-days <n>', text.options.filterUnused, values.wholeNumber('--unused-days', 1, 3650))
    .option('--exposed', text.options.filterExposed)
    .option('--anywhere', text.options.filterAnywhere)
    .option('--dry-run', text.options.dryRun, false)
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
        ['latchkey token revoke --unused-days 90 --dry-run', text.help.tokenRevokeFilter],
      ]),
    )
    .action(async (ids = [], { yes, wait, dryRun, ...filter }) => {
      const isFilter = Object.keys(filter).length > 0;
      refuseUnclear(ids, { isFilter, dryRun });
      const connection = await connect(context, 'token');
      const { ask } = connection;
      const waitSeconds = wait === true ? LONGEST_WAIT_SECONDS : wait;
      if (isFilter) {
        await revokeMany(context, connection, { filter, dryRun, yes, waitSeconds });
        return;
      }
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

  function refuseUnclear(
    ids: readonly string[],
    { isFilter, dryRun }: { readonly isFilter: boolean; readonly dryRun: boolean },
  ): void {
    const bad = (code: string, field: string, message: string) =>
      new Failure({ exit: 'usage', code, field, message });
    if (ids.length > 0 && (isFilter || dryRun)) {
      throw bad('conflicting_options', 'id', text.token.idsOrFilter);
    }
    if (ids.length === 0 && !isFilter) {
      throw bad('missing_argument', 'id', text.usage.missingArgument({ name: 'id' }));
    }
  }
}
