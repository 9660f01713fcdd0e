import type { Account } from '@latchkey/wire/native';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { collectPages, nextPageHint } from '../pages.ts';
import { showDay } from '../terminal/moment.ts';
import { drawTable } from '../terminal/table.ts';

/** `latchkey account list` */
export function listAccountsCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('list', terminal, text)
    .description(text.help.accountList)
    .option('--limit <n>', text.options.limit, values.wholeNumber('--limit', 1, 500))
    .option('--cursor <cursor>', text.options.cursor)
    .option('--all', text.options.all, false)
    .addHelpText('after', examplesText(text, [['latchkey account list --all', text.help.accountListAll]]))
    .action(async ({ limit, cursor, all }) => {
      const { ask } = await connect(context, 'token');
      const page = await collectPages(all, cursor, (start) =>
        ask(({ native }) => native.accounts.list({ limit: all ? 500 : limit, cursor: start })),
      );
      answer(context, page, (paint) => {
        if (page.items.length === 0) return `${text.account.noneYet}\n`;
        const { name, kind, status, allowance, created } = text.account;
        return drawTable([name, kind, status, allowance, created], page.items.map(rowOf), paint);
      });
      nextPageHint(context, page.next);
    });

  function rowOf(account: Account): string[] {
    return [
      account.name,
      text.account.kindOf[account.kind],
      text.account.statusOf[account.status],
      account.allowance === null ? text.account.everyScope : text.common.list(account.allowance),
      showDay(account.created),
    ];
  }
}
