import type { NativeToken } from '@latchkey/wire/native';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { collectPages, nextPageHint } from '../pages.ts';
import { showDay } from '../terminal/moment.ts';
import { drawTable } from '../terminal/table.ts';
import { showLimits } from './draw-token.ts';

/** `latchkey token list` */
export function listTokensCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('list', terminal, text)
    .description(text.help.tokenList)
    .option('--text <text>', text.options.filterText)
    .option('--usage <usage>', text.options.filterUsage, values.oneOf('--usage', ['pk', 'sk', 'tk']))
    .option(
      '--status <status>',
      text.options.filterStatus,
      values.oneOf('--status', ['active', 'expired', 'revoked']),
    )
    .option('--scope <scope>', text.options.filterScope)
    .option('--unused-days <n>', text.options.filterUnused, values.wholeNumber('--unused-days', 1, 3650))
    .option('--exposed', text.options.filterExposed)
    .option('--anywhere', text.options.filterAnywhere)
    .option('--default', text.options.filterDefault)
    .option('--no-default', text.options.filterNoDefault)
    .option(
      '--sort-by <field>',
      text.options.sortBy,
      values.oneOf('--sort-by', ['created', 'modified', 'note', 'lastUsed']),
    )
    .option('--limit <n>', text.options.limit, values.wholeNumber('--limit', 1, 500))
    .option('--cursor <cursor>', text.options.cursor)
    .option('--all', text.options.all, false)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey token list --usage sk --text deploy', text.help.tokenListSome],
        ["latchkey token list --all --json | jq -r '.items[].id'", text.help.tokenListJson],
      ]),
    )
    .action(async ({ all, cursor, limit, sortBy, ...filters }) => {
      const { ask } = await connect(context, 'token');
      const query = { ...filters, sortby: sortBy, limit: all ? 500 : limit };
      const page = await collectPages(all, cursor, (start) =>
        ask(({ native }) => native.tokens.list({ ...query, cursor: start })),
      );
      answer(context, page, (paint) => {
        if (page.items.length === 0) return `${text.token.noneFound}\n`;
        const { id, usage, status, note, scopes, limits, expires, created } = text.token;
        return drawTable(
          [id, usage, status, note, scopes, limits, expires, created],
          page.items.map(rowOf),
          paint,
        );
      });
      nextPageHint(context, page.next);
    });

  function rowOf(token: NativeToken): string[] {
    return [
      token.id,
      token.default ? `${token.usage} (${text.token.defaultMark})` : token.usage,
      text.token.statusOf[token.status],
      cut(token.note ?? ''),
      shorten(token.scopes),
      showLimits(token, text),
      token.expires === undefined ? text.common.never : showDay(token.expires),
      showDay(token.created),
    ];
  }

  /** Thirty scopes would push everything else off the screen; `token show` has them all. */
  function shorten(scopes: readonly string[]): string {
    const shown = text.common.list(scopes.slice(0, 2));
    return scopes.length > 2 ? `${shown} +${scopes.length - 2}` : shown;
  }
}

const NOTE_WIDTH = 36;

function cut(note: string): string {
  return note.length > NOTE_WIDTH ? `${note.slice(0, NOTE_WIDTH - 1)}…` : note;
}
