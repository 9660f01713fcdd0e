/** Runs something as often as it is asked for, but not for much more than half of the time. */
export interface PacedRun {
  /** Runs now, or once the pause after the last run is over; all who ask until then share that run. */
  ask(): void;
  stop(): void;
}

/** A run that took less is not worth a timer. */
const SHORTEST_PAUSE_MS = 1;

/**
 * After each run comes a pause as long as the run took, so that what costs little happens at once, and what costs much
 * happens less often and for many at a time.
 * @param run must not reject
 * @param monotonic milliseconds that never go back
 */
export function createPacedRun(run: () => Promise<void>, monotonic: () => number): PacedRun {
  let isBusy = false;
  let isAsked = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function go(): Promise<void> {
    isBusy = true;
    isAsked = false;
    const began = monotonic();
    await run();
    const pause = monotonic() - began;
    if (isStopped) return;
    if (pause < SHORTEST_PAUSE_MS) goOn();
    else timer = setTimeout(goOn, pause);
  }

  function goOn(): void {
    isBusy = false;
    if (isAsked) void go();
  }

  return {
    ask() {
      if (isStopped) return;
      isAsked = true;
      if (!isBusy) void go();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
