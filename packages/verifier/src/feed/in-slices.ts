import { setImmediate } from 'node:timers/promises';

/**
 * Runs work to its end and lets everything else run at each of its pauses.
 * @throws the signal's reason where it is aborted before the end
 */
export async function inSlices<T>(work: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
    signal.throwIfAborted();
  }
}
