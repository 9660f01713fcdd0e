/** A signal that comes this soon after the first is the same one, passed on: npm gives its children Ctrl-C once more. */
const REPEATED_WITHIN_MS = 1000;

/**
 * Runs `close` once on SIGTERM or SIGINT, so that the process ends by itself when everything is closed. A later signal ends it
 * at once.
 */
export function stopOnSignals(close: () => Promise<void>, onFailure: (error: unknown) => void): void {
  let stoppingSince: number | undefined;
  const stop = () => {
    const now = performance.now();
    if (stoppingSince === undefined) {
      stoppingSince = now;
      close().catch(onFailure);
    } else if (now - stoppingSince > REPEATED_WITHIN_MS) {
      process.exit(130);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
