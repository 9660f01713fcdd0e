import { readFile } from 'node:fs/promises';
import { checkConfig } from './check-config.ts';
import type { Config } from './config.ts';
import { describeProblem } from './config-problem.ts';
import type { Environment } from './environment.ts';

const DEFAULT_FILE = 'latchkey.yaml';

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  /** One line each: place, field, problem, fix. */
  | { readonly ok: false; readonly problems: readonly string[] };

export interface LoadConfigOptions {
  /** Left out: `LATCHKEY_CONFIG`, or `latchkey.yaml` of the working directory where there is one. */
  readonly file?: string | undefined;
  readonly environment: Environment;
}

/** Loads the configuration in force: file, then environment. */
export async function loadConfig({ file, environment }: LoadConfigOptions): Promise<LoadedConfig> {
  const chosen = file ?? environment.LATCHKEY_CONFIG;
  const name = chosen ?? DEFAULT_FILE;
  let yaml = '';
  try {
    yaml = await readFile(name, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (chosen !== undefined || reason !== 'ENOENT') {
      return { ok: false, problems: [`${name}: cannot be read (${reason}). Name a file that is there.`] };
    }
  }
  const checked = checkConfig({ yaml, name, environment });
  return checked.ok ? checked : { ok: false, problems: checked.problems.map(describeProblem) };
}
