import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/**
 * True where the machine has the program. Where it has not, the gap is written down for the end of the test run, with
 * `what` cannot be shown without it.
 */
export function hasSystemProgram(name: string, what: string): boolean {
  const found = spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
  const gaps = process.env.LATCHKEY_GAP_FILE;
  if (!found && gaps !== undefined) appendFileSync(gaps, `${what}: needs ${name}\n`);
  return found;
}
