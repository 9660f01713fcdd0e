import type { Verifier } from '@latchkey/wire/native';
import { connect } from './connection/connect.ts';
import { answer, type Context, warn } from './context.ts';
import { examplesText, localisedCommand } from './help.ts';
import { receiptMoment } from './receipt-moment.ts';
import { drawTable } from './terminal/table.ts';

/** `latchkey verifiers` */
export function verifiersCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('verifiers', terminal, text)
    .description(text.help.verifiers)
    .addHelpText(
      'after',
      examplesText(text, [
        [
          'latchkey verifiers --json | jq -r \'.verifiers[] | select(.state == "unreachable") | .name\'',
          text.help.verifiersJson,
        ],
      ]),
    )
    .action(async () => {
      const { ask } = await connect(context, 'token');
      const found = await ask(({ native }) => native.verifiers());
      answer(context, found, (paint) => {
        if (found.verifiers.length === 0) return `${text.verifier.noneYet}\n`;
        const { name, state, since, revision, rejected, version } = text.verifier;
        return drawTable(
          [name, state, since, revision, rejected, version, text.token.id],
          found.verifiers.map(rowOf),
          paint,
        );
      });
      if (context.globals().json) return;
      for (const one of found.verifiers) {
        for (const { revision, id, reason } of one.rejected) {
          const about = {
            name: one.name ?? one.id,
            revision: String(revision ?? '?'),
            id: id ?? '?',
            reason,
          };
          warn(context, text.verifier.rejectedRecord(about));
        }
      }
      for (const { at, revived } of found.alarms) warn(context, text.verifier.alarm({ at, revived }));
    });

  function rowOf(one: Verifier): string[] {
    return [
      one.name ?? '',
      text.verifier.stateOf[one.state],
      receiptMoment(one),
      String(one.revision ?? ''),
      String(one.rejected.length),
      one.version ?? '',
      one.id,
    ];
  }
}
