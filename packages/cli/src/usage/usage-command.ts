import { Option } from '@commander-js/extra-typings';
import { type TokenUsers, USAGE_DIMENSIONS, USAGE_STEPS } from '@latchkey/wire/native';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { showMoment } from '../terminal/moment.ts';
import { drawTable } from '../terminal/table.ts';
import { drawUsage } from './draw-usage.ts';

/** `latchkey usage` */
export function usageCommand(context: Context) {
  const { text, terminal } = context;
  const { options, help, counts } = text;
  const values = optionValues(text);
  const dimension = values.oneOf('--by', USAGE_DIMENSIONS);
  return localisedCommand('usage', terminal, text)
    .description(help.usage)
    .option('--token-id <id>', options.usageToken, values.tokenId)
    .addOption(
      new Option('--users', options.usageUsers).conflicts(['by', 'step', 'service', 'kind', 'account']),
    )
    .option('--by <dimensions>', options.usageBy, values.list)
    .option('--step <step>', options.usageStep, values.oneOf('--step', USAGE_STEPS))
    .option('--since <time>', options.usageSince, values.past('--since', Date.now))
    .option('--until <time>', options.usageUntil, values.past('--until', Date.now))
    .option('--service <name>', options.usageService)
    .option('--kind <kind>', options.usageKind, values.oneOf('--kind', ['allowed', 'refused']))
    .option('--account <name>', options.usageAccount)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey usage', help.usageDays],
        ['latchkey usage --by token --step total --since 7d', help.usageTokens],
        ['latchkey usage --token-id cmabcdefghijklmnopqrstuvw --users', help.usageWho],
      ]),
    )
    .action(async ({ tokenId, users, by = [], since, until, step, service, kind, account }) => {
      if (users === true) {
        if (tokenId === undefined) throw values.bad('--users', '', counts.usersOfWhat);
        await showUsers(tokenId);
        return;
      }
      const { ask } = await connect(context, 'token');
      const dimensions = by.map(dimension).join(',');
      const found = await ask(({ native }) =>
        native.usage({
          ...(dimensions !== '' && { by: dimensions }),
          ...(tokenId !== undefined && { token: tokenId }),
          ...(since !== undefined && { from: since }),
          ...(until !== undefined && { to: until }),
          ...(step !== undefined && { step }),
          ...(service !== undefined && { service }),
          ...(kind !== undefined && { kind }),
          ...(account !== undefined && { account }),
        }),
      );
      answer(context, found, (paint) => drawUsage(found, text, paint, terminal.out.columns));
    });

  async function showUsers(tokenId: string): Promise<void> {
    const { ask } = await connect(context, 'token');
    const found = await ask(({ native }) => native.tokenUsers(tokenId));
    answer(context, found, (paint) => {
      if (found.users.length === 0) return `${counts.nobody}\n`;
      const { origin, client, service } = counts.dimension;
      return drawTable(
        [counts.last, counts.kind, origin, client, service, counts.count],
        found.users.map(rowOf),
        paint,
      );
    });
  }

  function rowOf({ at, kind, origin, client, service, count }: TokenUsers['users'][number]): string[] {
    const told = (value: string) => (value === '' ? counts.untold : value === '*' ? counts.other : value);
    return [showMoment(at), counts.kindOf[kind], told(origin), told(client), service, String(count)];
  }
}
