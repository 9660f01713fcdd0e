/**
 * How recent the replica is known to be. Cursors are opaque: whether a head has been applied is known because the
 * stream passes each one.
 */
export interface Freshness {
  /** A stream begins: the head that it told, and what is applied. What was awaited before is forgotten. */
  onHello(head: string, applied: string): void;
  /** The stream told its head, which is not behind what it delivered. */
  onHeartbeat(head: string): void;
  onApplied(cursor: string): void;
  /** An ack leaves now. Its answer tells a head that is not behind what is applied at this moment. */
  onAckSent(): void;
  /** The head that the answer tells, and when (monotonic) its ack was sent. */
  onAckAnswered(head: string, sentAt: number): void;
  /** Something is missing for certain: a gap, or no snapshot yet. Ends with the next hello. */
  onLost(): void;
  /** Nothing is known to be missing, and the newest answered ack was sent at most ten seconds before `now`. */
  isCurrent(now: number): boolean;
  /** The replica came from disk, and was complete at that time (monotonic). */
  onRestored(completeAt: number): void;
  /** Monotonic milliseconds at which the replica was complete for the last time; -Infinity before the first. */
  completeAt(): number;
  /** Monotonic time since which a known head has not been reached; undefined where nothing is missing. */
  missingSince(): number | undefined;
}

/** A verifier whose newest answered ack is older refuses unknown tokens. */
const LEASE_MS = 10_000;

/** @param monotonic milliseconds that never go back */
export function createFreshness(monotonic: () => number): Freshness {
  /** Heads that are not applied yet, each with the time of the ack that told it. */
  const awaited = new Map<string, number | undefined>();
  /** What has been applied since the newest ack was sent, and what was by then. */
  let recent: string[] = [];
  let applied: string | undefined;
  let isLost = true;
  let completeAt = Number.NEGATIVE_INFINITY;
  let missingSince: number | undefined;

  function expect(head: string, sentAt: number | undefined): void {
    if (head === applied || recent.includes(head)) {
      if (sentAt !== undefined) completeAt = Math.max(completeAt, sentAt);
      return;
    }
    awaited.set(head, sentAt ?? awaited.get(head));
    missingSince ??= monotonic();
  }

  return {
    onHello(head, from) {
      awaited.clear();
      missingSince = undefined;
      isLost = false;
      applied = from;
      recent = [from];
      expect(head, undefined);
    },
    onHeartbeat: (head) => expect(head, undefined),
    onApplied(cursor) {
      applied = cursor;
      recent.push(cursor);
      if (awaited.size === 0) return;
      const sentAt = awaited.get(cursor);
      if (sentAt !== undefined) completeAt = Math.max(completeAt, sentAt);
      awaited.delete(cursor);
      // Progress was made: what is still missing has been missing only since now.
      missingSince = awaited.size === 0 ? undefined : monotonic();
    },
    onAckSent() {
      recent = applied === undefined ? [] : [applied];
    },
    onAckAnswered: (head, sentAt) => expect(head, sentAt),
    onLost() {
      isLost = true;
    },
    onRestored(at) {
      completeAt = Math.max(completeAt, at);
    },
    isCurrent: (now) => !isLost && awaited.size === 0 && now - completeAt <= LEASE_MS,
    completeAt: () => completeAt,
    missingSince: () => missingSince,
  };
}
