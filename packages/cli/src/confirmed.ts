import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { askToConfirm } from './terminal/ask.ts';

/**
 * Resolves once the act is confirmed: by `--yes`, or by a person.
 * @throws Failure `cancelled` where the answer is no, or where there is no terminal to ask on
 */
export async function confirmed(context: Context, yes: boolean, question: string): Promise<void> {
  if (yes) return;
  const { text, terminal } = context;
  if (!terminal.canAsk || context.globals().json)
    throw new Failure({
      exit: 'cancelled',
      code: 'confirmation_needed',
      field: '--yes',
      message: text.usage.needsYes,
    });
  if (await askToConfirm({ message: question, yes: text.common.yes })) return;
  throw new Failure({ exit: 'cancelled', code: 'cancelled', message: text.usage.cancelled });
}
