import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromChecker, ToChecker } from './checker-process.ts';

const PROGRAM = fileURLToPath(new URL('./checker-process.ts', import.meta.url));
const LIMIT_MS = 30_000;

/** A verifier in a process of its own. */
export interface Checker {
  /** Watches a token; resolves once it is accepted. */
  accepts(text: string): Promise<void>;
  /** Resolves once the watched token is refused, with the time of its last acceptance (see `nowMs`). */
  refuses(): Promise<number>;
  stop(): Promise<void>;
}

export async function startChecker(url: string, token: string, name: string): Promise<Checker> {
  const child = fork(PROGRAM, [], {
    execArgv: ['--conditions=latchkey-source'],
    env: { ...process.env, LATCHKEY_URL: url, LATCHKEY_TOKEN: token, VERIFIER_NAME: name },
  });
  await heard(child, 'ready');
  return {
    async accepts(text) {
      const accepted = heard(child, 'accepts');
      send(child, { watch: text });
      await accepted;
    },
    async refuses() {
      const message = await heard(child, 'refuses');
      if (message.said !== 'refuses' || message.reason !== 'revoked') {
        throw new Error(`${name} refused a token for another reason: ${JSON.stringify(message)}`);
      }
      return message.lastAcceptedAt;
    },
    async stop() {
      const gone = once(child, 'exit');
      send(child, { stop: true });
      await gone;
    },
  };
}

function send(child: ChildProcess, message: ToChecker): void {
  child.send(message);
}

async function heard(child: ChildProcess, said: FromChecker['said']): Promise<FromChecker> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  for (;;) {
    const [message] = (await once(child, 'message', { signal })) as [FromChecker];
    if (message.said === said) return message;
  }
}
