import { answer, type Context } from '../context.ts';
import { localisedCommand } from '../help.ts';
export function initCommand(context: Context) {
  return localisedCommand('init', context.terminal, context.text).action(() => answer(context, {}, () => ''));
}
