import type { IncomingMessage } from 'node:http';
import type { AppDeps } from './app-deps.ts';
import type { Success } from './failure.ts';

/** Longest wait; a longer one that is asked for is cut to it, and the answer says so. */
export const WAIT_LIMIT_SECONDS = 30;

const WAIT = /^wait[ \t]*=[ \t]*(?:"(\d{1,9})"|(\d{1,9}))[ \t]*(?:;.*)?$/i;

/** The seconds that `Prefer: wait=N` (RFC 7240 §4.3) asks for; undefined: none. Of several the first counts (§2). */
export function preferredWait(incoming: IncomingMessage): number | undefined {
  const preferences = (incoming.headersDistinct.prefer ?? []).join(',').split(',');
  for (const preference of preferences) {
    const match = WAIT.exec(preference.trim());
    if (match !== null) return Math.min(Number(match[1] ?? match[2]), WAIT_LIMIT_SECONDS);
  }
  return undefined;
}

/**
 * Holds the answer to a change until every verifier has applied it or cannot decide any more, or the time is over. What
 * changed nothing for verifiers is answered at once, with nobody pending.
 */
export async function heldAnswer(
  { receipts }: Pick<AppDeps, 'receipts'>,
  success: Success,
  waitSeconds: number,
): Promise<Success> {
  const revision = success.headers?.['latchkey-revision'];
  const { pending } =
    revision === undefined ? { pending: 0 } : await receipts.wait(Number(revision), waitSeconds * 1000);
  const headers = {
    ...success.headers,
    'preference-applied': `wait=${waitSeconds}`,
    'latchkey-pending': String(pending),
  };
  return { ...success, headers };
}
