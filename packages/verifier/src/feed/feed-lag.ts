import type { HistogramFigures } from '@latchkey/wire/metrics';
import { createHistogram } from '@latchkey/wire/metrics';

/**
 * How long changes took from their commit until they were applied here. Both are told by the server's clock: how far this
 * machine's is from it is taken from the newest event that told the time, so that a clock that is wrong spoils nothing.
 * What that event took on its way is not seen, and so is missing from the figures.
 */
export interface FeedLag {
  /** The server told its time (unix milliseconds) in what comes now. */
  onServerTime(serverTime: number): void;
  /** A change that was committed at `at` (unix milliseconds) has been applied now. */
  onApplied(at: number): void;
  /** Seconds. */
  read(): HistogramFigures;
}

const LIMITS_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600];

/** @param wall unix milliseconds of this machine */
export function createFeedLag(wall: () => number): FeedLag {
  const lags = createHistogram(LIMITS_SECONDS);
  let ahead = 0;
  return {
    onServerTime(serverTime) {
      ahead = serverTime - wall();
    },
    onApplied(at) {
      lags.observe(Math.max(0, wall() + ahead - at) / 1000);
    },
    read: lags.read,
  };
}
