import type { Terminal } from '../terminal/terminal.ts';

/** A terminal whose output is kept, for commands that need no process of their own. */
export interface CapturedTerminal extends Terminal {
  readonly written: { out: string; err: string };
}

export function capturedTerminal(
  options: { readonly environment?: Terminal['environment']; readonly isTerminal?: boolean } = {},
): CapturedTerminal {
  const { environment = {}, isTerminal = false } = options;
  const written = { out: '', err: '' };
  const output = (end: 'out' | 'err') => ({
    write: (text: string) => {
      written[end] += text;
    },
    isTerminal,
    columns: 80,
  });
  return {
    written,
    out: output('out'),
    err: output('err'),
    canAsk: false,
    readInput: async () => undefined,
    environment: { HOME: '/nonexistent', ...environment },
    now: () => Date.parse('2026-11-23T12:00:00Z'),
    onStop: () => undefined,
    onReload: () => undefined,
  };
}
