/** Says how soon the next ack may go: a few at once, beyond them one in each interval that the server asks for. */
export interface AckPace {
  /** Milliseconds on average between acks, as the server asks; 0: as often as there is something to tell. */
  setInterval(ms: number): void;
  /** Milliseconds until an ack may go; 0: now. */
  wait(): number;
  /** An ack goes. */
  spend(): void;
}

/** A change after a quiet time is told at once, even to a server that has many verifiers. */
const BURST = 4;
/** Half of what the contract of the feed allows between two acks. */
const LONGEST_MS = 1000;

/** @param now milliseconds that never go back */
export function createAckPace(now: () => number): AckPace {
  let interval = 0;
  let credit = BURST;
  let countedAt = now();

  function count(): void {
    const at = now();
    if (interval === 0) credit = BURST;
    else credit = Math.min(BURST, credit + (at - countedAt) / interval);
    countedAt = at;
  }

  return {
    setInterval(ms) {
      count();
      interval = Math.min(ms, LONGEST_MS);
    },
    wait() {
      count();
      return credit >= 1 ? 0 : Math.ceil((1 - credit) * interval);
    },
    spend() {
      count();
      credit = Math.max(0, credit - 1);
    },
  };
}
