import type { FeedAck, FeedAckAnswer } from '@latchkey/wire/feed';
import { formatAck, MAX_ACK_ENTRIES, parseAckAnswer } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import { createAckPace } from './ack-pace.ts';
import type { FailedCall } from './failed-call.ts';
import { describeError, failedAnswer, failedCall } from './failed-call.ts';
import type { Follower } from './follower.ts';
import type { Freshness } from './freshness.ts';
import { readText } from './read-body.ts';
import type { Rejections } from './rejections.ts';

/**
 * Acknowledges one stream, from its hello to its end: every second, and when something was applied, as soon as the
 * pace that the server asks for allows.
 */
export interface Acknowledger {
  /** Something was applied. While an ack is on its way, what is applied meanwhile goes into the next. */
  poke(): void;
  stop(): void;
}

/** Half of what the server wants at the least. */
const INTERVAL_MS = 1000;
const TIMEOUT_MS = 5000;

export function startAcknowledger(deps: {
  readonly call: (body: string, signal: AbortSignal) => Promise<Response>;
  readonly connection: string;
  /** Resolves once what is applied may be acknowledged. Never rejects. */
  readonly before?: () => Promise<void>;
  readonly clock: Clock;
  readonly follower: Follower;
  readonly freshness: Freshness;
  readonly rejections: Rejections;
  /** Counts through the life of the verifier. */
  readonly nextSent: () => number;
  readonly onAnswer: (answer: FeedAckAnswer) => void;
  readonly onFailure: (failed: FailedCall) => void;
}): Acknowledger {
  const { clock, follower, freshness, rejections } = deps;
  let isOver = false;
  /** Of the ack that is on its way. */
  let current = new AbortController();
  let isUnderway = false;
  let isDue = false;
  let acknowledged: string | undefined;
  const pace = createAckPace(() => clock.monotonic());
  let cancelPaced: (() => void) | undefined;
  let cancelTimer = clock.after(INTERVAL_MS, tick);

  function tick(): void {
    cancelTimer = clock.after(INTERVAL_MS, tick);
    send();
  }

  function sendAtPace(): void {
    if (cancelPaced !== undefined) return;
    const wait = pace.wait();
    if (wait === 0) {
      pace.spend();
      send();
      return;
    }
    cancelPaced = clock.after(wait, () => {
      cancelPaced = undefined;
      if (follower.cursor() !== acknowledged) sendAtPace();
    });
  }

  function send(): void {
    if (isUnderway) isDue = true;
    else void sendOne();
  }

  /** Never rejects: every failure goes to its owner. */
  async function sendOne(): Promise<void> {
    isUnderway = true;
    isDue = false;
    current = new AbortController();
    const { signal } = current;
    const cancel = clock.after(TIMEOUT_MS, () =>
      current.abort(new Error('the ack was not answered in time')),
    );
    const applied = follower.cursor() ?? null;
    const rejected = rejections.untold(MAX_ACK_ENTRIES);
    const tombstones = follower.offered().slice(0, MAX_ACK_ENTRIES);
    if (deps.before !== undefined) await deps.before();
    const ack: FeedAck = { connection: deps.connection, applied, rejected, sent: deps.nextSent() };
    const sentAt = clock.monotonic();
    freshness.onAckSent();
    try {
      const body = formatAck(tombstones.length === 0 ? ack : { ...ack, tombstones });
      const response = await deps.call(body, signal);
      const text = await readText(response, signal);
      const answer = response.status === 200 ? parseAckAnswer(text) : undefined;
      if (isOver) return;
      if (answer === undefined) {
        deps.onFailure(failedAnswer('the ack', response, clock.wall()));
        return;
      }
      acknowledged = applied ?? undefined;
      rejections.told(rejected.length);
      follower.delivered(tombstones.length);
      freshness.onAckAnswered(answer.head, sentAt);
      if (answer.ackEveryMs !== undefined) pace.setInterval(answer.ackEveryMs);
      deps.onAnswer(answer);
    } catch (error) {
      if (!isOver) deps.onFailure(failedCall(`the ack failed: ${describeError(error)}`));
    } finally {
      cancel();
      isUnderway = false;
      if (isDue && !isOver) sendAtPace();
    }
  }

  send();

  return {
    poke() {
      if (follower.cursor() === acknowledged) return;
      if (isUnderway) isDue = true;
      else sendAtPace();
    },
    stop() {
      isOver = true;
      cancelTimer();
      cancelPaced?.();
      current.abort();
    },
  };
}
