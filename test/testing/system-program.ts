import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/**
 * True where the machine has the program. Where it has not, the gap is written down for the end of the test run, with
 * `what` cannot be shown without it.
 * @param versionArgument what makes the program tell its version and end well
 */
export function hasSystemProgram(name: string, what: string, versionArgument = '--version'): boolean {
  const found = spawnSync(name, [versionArgument], { stdio: 'ignore' }).status === 0;
  if (!found) noteGap(`${what}: needs ${name}`);
  return found;
}

/** Writes down for the end of the test run what cannot be shown here, and why. */
export function noteGap(gap: string): void {
  const gaps = process.env.LATCHKEY_GAP_FILE;
  if (gaps !== undefined) appendFileSync(gaps, `${gap}\n`);
}
