import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../../test/testing/until.ts';
import type { FromDecider, ToDecider } from './decider-process.ts';

const PROGRAM = fileURLToPath(new URL('./decider-process.ts', import.meta.url));
const LIMIT_MS = 60_000;

type Status = Extract<FromDecider, { told: 'status' }>;

/** A verifier in a process of its own. */
export interface Decider {
  /** Resolves once its status is so. */
  waitUntil(what: string, isSo: (status: Status) => boolean): Promise<void>;
  /**
   * Decides each text this often; what one decision took, in nanoseconds of processor time.
   * @throws Error when one is refused
   */
  decide(texts: readonly string[], passes: number): Promise<number>;
  stop(): Promise<void>;
}

/** @param folder where its copy on disk is */
export function startDecider(url: string, token: string, folder: string): Decider {
  const child = fork(PROGRAM, [], {
    execArgv: ['--conditions=latchkey-source'],
    env: { ...process.env, LATCHKEY_URL: url, LATCHKEY_TOKEN: token, FOLDER: folder },
  });
  const ended = once(child, 'exit');

  async function ask(message: ToDecider): Promise<FromDecider> {
    const answer = once(child, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
    child.send(message);
    const [told] = await answer;
    return told as FromDecider;
  }

  return {
    async waitUntil(what, isSo) {
      await until(
        what,
        async () => {
          const told = await ask({ ask: 'status' });
          return told.told === 'status' && isSo(told) ? true : undefined;
        },
        LIMIT_MS,
      );
    },
    async decide(texts, passes) {
      const told = await ask({ ask: 'decide', texts, passes });
      if (told.told !== 'decided' || told.allowed !== texts.length * passes)
        throw new Error(`not all were allowed: ${JSON.stringify(told)}`);
      return told.nanoseconds;
    },
    async stop() {
      child.send({ ask: 'stop' } satisfies ToDecider);
      await ended;
    },
  };
}
