import type { FeedHello } from '@latchkey/wire/feed';
import { createSseReader } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import { abortedBy } from './aborted-by.ts';
import type { FailedCall } from './failed-call.ts';
import { describeError, failedAnswer, failedCall } from './failed-call.ts';
import type { Follower, Verdict } from './follower.ts';
import { readPieces } from './read-body.ts';
import { startWatchdog } from './watchdog.ts';

/** Why a stream is over. */
export type StreamEnd =
  | FailedCall
  | Extract<Verdict, { readonly do: 'reconnect' }>
  | Extract<Verdict, { readonly do: 'resync' }>;

/** A heartbeat comes each second; a stream without any for so long is dead, whatever its socket says. */
const SILENCE_PERIODS = 5;

/** Opens a stream and follows it to its end. Never rejects. */
export async function followStream(
  call: (signal: AbortSignal) => Promise<Response>,
  follower: Follower,
  deps: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onHello: (hello: FeedHello) => void;
    /** Everything that one piece of the stream held has been applied. */
    readonly onApplied: () => void;
  },
): Promise<StreamEnd> {
  const over = abortedBy(deps.signal);
  const watchdog = startWatchdog(deps.clock, {
    periodMs: 1000,
    periods: SILENCE_PERIODS,
    onSilence: () => over.abort(new Error('no heartbeat came')),
  });
  try {
    const response = await call(over.signal);
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      return failedAnswer('the stream', response, deps.clock.wall());
    }
    follower.open();
    const events = createSseReader();
    for await (const chunk of readPieces(response.body, over.signal)) {
      for (const event of events.push(chunk)) {
        const verdict = follower.take(event);
        if (verdict.do === 'greet') deps.onHello(verdict.hello);
        if (verdict.do === 'greet' || verdict.do === 'beat') watchdog.feed();
        if (verdict.do === 'reconnect' || verdict.do === 'resync') return verdict;
      }
      deps.onApplied();
    }
    return { do: 'reconnect', why: 'the stream ended' };
  } catch (error) {
    return failedCall(`the stream failed: ${describeError(error)}`);
  } finally {
    watchdog.stop();
    over.abort();
  }
}
