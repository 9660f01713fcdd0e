import type { Context } from '../context.ts';
import { commandGroup } from '../help.ts';
import { createTokenCommand } from './create-token-command.ts';
import { listTokensCommand } from './list-tokens-command.ts';
import { revokeTokenCommand } from './revoke-token-command.ts';
import { rotateTokenCommand } from './rotate-token-command.ts';
import { showTokenCommand } from './show-token-command.ts';
import { updateTokenCommand } from './update-token-command.ts';
import { verifyTokenCommand } from './verify-token-command.ts';

/** `latchkey token …` */
export function tokenCommands(context: Context) {
  const { text, terminal } = context;
  return commandGroup('token', terminal, text)
    .description(text.help.token)
    .addCommand(createTokenCommand(context))
    .addCommand(listTokensCommand(context))
    .addCommand(showTokenCommand(context))
    .addCommand(updateTokenCommand(context))
    .addCommand(rotateTokenCommand(context))
    .addCommand(revokeTokenCommand(context))
    .addCommand(verifyTokenCommand(context));
}
