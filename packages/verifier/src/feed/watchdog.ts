import type { Clock } from '../clock.ts';

/** Notices that something which should come regularly does not come any more. */
export interface Watchdog {
  /** It came. */
  feed(): void;
  stop(): void;
}

/**
 * Calls `onSilence` once after `periods` whole periods without {@link Watchdog.feed}. Counts periods instead of
 * comparing times: after the host process was itself stopped or busy, what has arrived meanwhile is read first.
 */
export function startWatchdog(
  clock: Clock,
  options: { readonly periodMs: number; readonly periods: number; readonly onSilence: () => void },
): Watchdog {
  let silent = 0;
  let cancel = clock.after(options.periodMs, tick);

  function tick(): void {
    silent++;
    if (silent >= options.periods) options.onSilence();
    else cancel = clock.after(options.periodMs, tick);
  }

  return {
    feed() {
      silent = 0;
    },
    stop: () => cancel(),
  };
}
