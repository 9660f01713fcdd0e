import { confirmed } from '../confirmed.ts';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';

/** `latchkey account suspend`: asks first, because every token of the account stops working. */
export function suspendAccountCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('suspend', terminal, text)
    .description(text.help.accountSuspend)
    .argument('<name>', text.options.accountName, optionValues(text).accountName)
    .option('-y, --yes', text.options.yes, false)
    .addHelpText(
      'after',
      examplesText(text, [['latchkey account suspend acme --yes', text.help.accountSuspendIt]]),
    )
    .action(async (name, { yes }) => {
      const { ask } = await connect(context, 'token');
      await confirmed(context, yes, text.account.confirmSuspend({ name }));
      const account = await ask(({ native }) => native.accounts.suspend(name));
      answer(context, account, () => `${text.account.suspended({ name })}\n`);
    });
}

/** `latchkey account resume` */
export function resumeAccountCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('resume', terminal, text)
    .description(text.help.accountResume)
    .argument('<name>', text.options.accountName, optionValues(text).accountName)
    .addHelpText('after', examplesText(text, [['latchkey account resume acme', text.help.accountResumeIt]]))
    .action(async (name) => {
      const { ask } = await connect(context, 'token');
      const account = await ask(({ native }) => native.accounts.resume(name));
      answer(context, account, () => `${text.account.resumed({ name })}\n`);
    });
}
