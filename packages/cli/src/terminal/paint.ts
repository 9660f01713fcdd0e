import type { Output } from './terminal.ts';

/** Puts colour around text; gives the text back unchanged where colour is off. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/**
 * Colour goes to terminals only, and not there either with `NO_COLOR` (any value, https://no-color.org), `TERM=dumb` or
 * `--no-color`. `FORCE_COLOR` other than 0 turns it on for pipes.
 */
export function wantsColour(
  output: Output,
  environment: Readonly<Record<string, string | undefined>>,
  option: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (!option || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return output.isTerminal && TERM !== 'dumb';
}

export function makePaint(colour: boolean): Paint {
  const wrap = (on: number, off: number) => (text: string) =>
    colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    red: wrap(31, 39),
    green: wrap(32, 39),
    yellow: wrap(33, 39),
  };
}
