import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TypicalToken, typicalToken } from '../replica/typical-tokens.ts';
import { type PinnedProgram, startPinned } from './pinned-program.ts';

const PROGRAM = fileURLToPath(new URL('../replica/feed-process.ts', import.meta.url));

export interface TokenFeed {
  readonly url: string;
  readonly tokens: readonly TypicalToken[];
  stop(): Promise<void>;
}

/** Serves `count` typical tokens to verifiers, from a file in `folder`. */
export async function startTokenFeed(folder: string, count: number, core: number): Promise<TokenFeed> {
  const epochMs = Date.now();
  const args = [path.join(folder, 'snapshot.ndjson'), String(count), String(epochMs)];
  const program: PinnedProgram = await startPinned(
    process.execPath,
    ['--conditions=latchkey-source', PROGRAM, ...args],
    { core },
  );
  return {
    url: `http://127.0.0.1:${program.port}`,
    tokens: Array.from({ length: count }, (_, n) => typicalToken(n, epochMs)),
    stop: program.stop,
  };
}
