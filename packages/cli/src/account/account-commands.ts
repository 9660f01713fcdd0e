import type { Context } from '../context.ts';
import { commandGroup } from '../help.ts';
import { createAccountCommand } from './create-account-command.ts';
import { listAccountsCommand } from './list-accounts-command.ts';
import { resumeAccountCommand, suspendAccountCommand } from './suspend-account-command.ts';

/** `latchkey account …` */
export function accountCommands(context: Context) {
  const { text, terminal } = context;
  return commandGroup('account', terminal, text)
    .description(text.help.account)
    .addCommand(createAccountCommand(context))
    .addCommand(listAccountsCommand(context))
    .addCommand(suspendAccountCommand(context))
    .addCommand(resumeAccountCommand(context));
}
