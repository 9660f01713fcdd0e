/** Waiting before the next try: full jitter (each wait is random from 0 up to a bound that doubles), never giving up. */
export interface Backoff {
  /** Milliseconds to wait now; each call is one more failure in a row. `floorSeconds`: the server asked for at least that. */
  next(floorSeconds?: number): number;
  /** It worked: the next failure is the first again. */
  reset(): void;
}

const BASE_MS = 250;
const CAP_MS = 30_000;
/** A server may ask for patience, but not send a verifier away. */
const LONGEST_FLOOR_SECONDS = 300;

/** @param random from 0 (inclusive) to 1 (exclusive) */
export function createBackoff(random: () => number): Backoff {
  let failures = 0;
  return {
    next(floorSeconds = 0) {
      const bound = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures, 20));
      failures++;
      return Math.min(floorSeconds, LONGEST_FLOOR_SECONDS) * 1000 + random() * bound;
    },
    reset() {
      failures = 0;
    },
  };
}
