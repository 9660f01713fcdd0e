/** Time as the verifier uses it. */
export interface Clock {
  /** Unix milliseconds. */
  wall(): number;
  /** Milliseconds that never go back. */
  monotonic(): number;
  /** Runs `work` once, after `delayMs`. Returns the function that cancels it. */
  after(delayMs: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  wall: Date.now,
  monotonic: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
