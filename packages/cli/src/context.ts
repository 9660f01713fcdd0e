import type { Messages } from '@latchkey/wire/messages';
import { jsonText } from './terminal/json-text.ts';
import { makePaint, type Paint, wantsColour } from './terminal/paint.ts';
import { printable } from './terminal/printable.ts';
import type { Output, Terminal } from './terminal/terminal.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  readonly server?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly json: boolean;
  readonly color: boolean;
}

/** What every command gets. */
export interface Context {
  readonly terminal: Terminal;
  readonly text: Messages;
  /** Only inside a command's action: before, nothing has been parsed. */
  readonly globals: () => GlobalOptions;
}

/** Answers with the result: as one JSON value under `--json`, otherwise as text for people. */
export function answer(context: Context, result: unknown, human: (paint: Paint) => string): void {
  const { out } = context.terminal;
  out.write(context.globals().json ? `${jsonText(result)}\n` : human(paintFor(context, out)));
}

/** Says something beside the result. */
export function warn(context: Context, sentence: string): void {
  const { err } = context.terminal;
  const { yellow } = paintFor(context, err);
  err.write(`${yellow(context.text.common.warning)}${printable(sentence)}\n`);
}

/** Colour for what goes to `output`. */
export function paintFor(context: Context, output: Output): Paint {
  return makePaint(wantsColour(output, context.terminal.environment, context.globals().color));
}
