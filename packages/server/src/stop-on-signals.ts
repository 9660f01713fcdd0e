/**
 * Runs `close` once on SIGTERM or SIGINT, so that the process ends by itself when everything is closed. A second signal ends
 * it at once, as the system does for programs that listen to none.
 */
export function stopOnSignals(close: () => Promise<void>, onFailure: (error: unknown) => void): void {
  const stop = () => {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
    close().catch(onFailure);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
