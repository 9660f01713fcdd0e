import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The path of a Node 20, the oldest that the verifier and the command promise to run on: the one in `LATCHKEY_NODE_20`, the one that
 * runs npm, or one on the path. Undefined where there is none; the gap is then written down for the end of the test run.
 */
export function findNode20(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  const candidates = [process.env.LATCHKEY_NODE_20, process.env.npm_node_execpath, ...onPath];
  for (const command of new Set(candidates)) {
    if (command === undefined || command === '') continue;
    const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (stdout?.startsWith('v20.')) return command;
  }
  const gaps = process.env.LATCHKEY_GAP_FILE;
  if (gaps !== undefined) appendFileSync(gaps, 'the verifier and the command on Node 20: needs a Node 20\n');
  return undefined;
}
