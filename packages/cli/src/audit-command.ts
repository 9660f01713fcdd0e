import { AUDIT_ACTIONS, type AuditEntry } from '@latchkey/wire/native';
import { connect } from './connection/connect.ts';
import { answer, type Context } from './context.ts';
import { examplesText, localisedCommand } from './help.ts';
import { optionValues } from './option-values.ts';
import { collectPages, nextPageHint } from './pages.ts';
import { showMoment } from './terminal/moment.ts';
import { drawTable } from './terminal/table.ts';

/** `latchkey audit` */
export function auditCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  return localisedCommand('audit', terminal, text)
    .description(text.help.audit)
    .option('--account <name>', text.options.auditAccount)
    .option('--subject <id>', text.options.auditSubject)
    .option('--action <action>', text.options.auditAction, values.oneOf('--action', AUDIT_ACTIONS))
    .option('--limit <n>', text.options.limit, values.wholeNumber('--limit', 1, 500))
    .option('--cursor <cursor>', text.options.cursor)
    .option('--all', text.options.all, false)
    .addHelpText(
      'after',
      examplesText(text, [
        ['latchkey audit --subject cmabcdefghijklmnopqrstuvw', text.help.auditToken],
        ['latchkey audit --action token.revoke', text.help.auditRevocations],
      ]),
    )
    .action(async ({ account, subject, action, limit, cursor, all }) => {
      const { ask } = await connect(context, 'token');
      const page = await collectPages(all, cursor, (start) =>
        ask(({ native }) =>
          native.audit({ account, subject, action, limit: all ? 500 : limit, cursor: start }),
        ),
      );
      answer(context, page, (paint) => {
        if (page.items.length === 0) return `${text.account.noAudit}\n`;
        const { sequence, at, name, actor, action, subject, changes } = text.account;
        return drawTable([sequence, at, name, action, subject, actor, changes], page.items.map(rowOf), paint);
      });
      nextPageHint(context, page.next);
    });

  function rowOf(entry: AuditEntry): string[] {
    return [
      String(entry.sequence),
      showMoment(entry.at),
      entry.account,
      text.account.actionOf[entry.action],
      entry.subject,
      entry.actor.kind === 'token' ? entry.actor.id : entry.actor.name,
      text.common.list(changedFields(entry)),
    ];
  }
}

/** The names of what a change changed; nothing for what was made or ended as a whole. */
function changedFields({ before, after }: AuditEntry): string[] {
  if (before === null || after === null) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
