import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `look` again and again until it answers something other than undefined, and gives that.
 * @throws Error naming `what` when `limitMs` have passed without an answer
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  limitMs = 20_000,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain for: ${what}`);
    await pause(25);
  }
}
