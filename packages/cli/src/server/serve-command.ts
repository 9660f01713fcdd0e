import { answer, type Context } from '../context.ts';
import { localisedCommand } from '../help.ts';
export function serveCommand(context: Context) {
  return localisedCommand('serve', context.terminal, context.text).action(() =>
    answer(context, {}, () => ''),
  );
}
