import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** A runtime beside Node on which fetch handlers run. */
export interface FetchRuntime {
  readonly name: 'Bun' | 'Deno';
  readonly command: string;
  readonly args: readonly string[];
}

const CANDIDATES: readonly (FetchRuntime & { readonly variable: string })[] = [
  { name: 'Bun', command: 'bun', args: ['run'], variable: 'LATCHKEY_BUN' },
  {
    name: 'Deno',
    command: 'deno',
    args: ['run', '--allow-all', '--no-lock', '--no-remote', '--node-modules-dir=manual', '--quiet'],
    variable: 'LATCHKEY_DENO',
  },
];

/**
 * Bun and Deno where they are to be had: by `LATCHKEY_BUN` and `LATCHKEY_DENO`, or on the path. One that is not is written down as a gap
 * for the end of the test run.
 */
export function findFetchRuntimes(): readonly FetchRuntime[] {
  return CANDIDATES.flatMap(({ variable, ...runtime }) => {
    const command = process.env[variable] ?? runtime.command;
    if (spawnSync(command, ['--version']).status === 0) return [{ ...runtime, command }];
    const gaps = process.env.LATCHKEY_GAP_FILE;
    if (gaps !== undefined)
      appendFileSync(gaps, `the fetch middleware on ${runtime.name}: needs ${runtime.command}\n`);
    return [];
  });
}
