import { setImmediate } from 'node:timers/promises';
import type { StalenessBounds } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import type { Replica } from '../replica/replica.ts';
import { abortedBy } from './aborted-by.ts';
import type { Acknowledger } from './acknowledger.ts';
import { startAcknowledger } from './acknowledger.ts';
import { createBackoff } from './backoff.ts';
import type { FailedCall } from './failed-call.ts';
import { describeError, failedCall } from './failed-call.ts';
import type { FeedAddress } from './feed-address.ts';
import type { FeedLag } from './feed-lag.ts';
import { fetchSnapshot } from './fetch-snapshot.ts';
import type { StreamEnd } from './follow-stream.ts';
import { followStream } from './follow-stream.ts';
import { createFollower } from './follower.ts';
import type { Freshness } from './freshness.ts';
import { inSlices } from './in-slices.ts';
import type { NotedChange, Position } from './position.ts';
import type { Rejections } from './rejections.ts';

/** What the reader tells about itself, each time that something of it changes. */
export interface ReaderReport {
  readonly isConnected: boolean;
  /** Why the last try ended; undefined while connected. For people. */
  readonly problem: string | undefined;
  /** From the server; undefined before the first hello. */
  readonly staleness: StalenessBounds | undefined;
  readonly minVersion: string | undefined;
}

export interface FeedReader {
  report(): ReaderReport;
  position(): Position | undefined;
  /** Ends the stream and everything else that is under way. */
  close(): Promise<void>;
}

export interface FeedReaderDeps {
  readonly address: FeedAddress;
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly replica: Replica;
  readonly freshness: Freshness;
  readonly rejections: Rejections;
  readonly lag: FeedLag;
  /** A change has been applied. */
  readonly onTaken?: (change: NotedChange) => void;
  /** Resolves once what is applied may be acknowledged. Never rejects. */
  readonly beforeAck?: () => Promise<void>;
  /** Fills the replica with what is left of an earlier life, and tells up to where; undefined: nothing. Never rejects. */
  readonly restore: () => Promise<Position | undefined>;
  /** Something of the report, of the position or of the freshness has changed. */
  readonly onChange: () => void;
}

interface WantedSnapshot {
  readonly atLeast: string | undefined;
}

type FailedSnapshot = FailedCall & { readonly wanted: WantedSnapshot | undefined };

/** A head that is known and has not come for so long will not come on this stream. */
const STUCK_MS = 10_000;

/** Keeps the replica up to date for as long as it is not closed. Never gives up, never rejects, never throws. */
export function startFeedReader(deps: FeedReaderDeps): FeedReader {
  const { address, clock, freshness, replica, rejections, lag, onTaken } = deps;
  const follower = createFollower({ replica, freshness, rejections, lag, ...(onTaken && { onTaken }) });
  const closed = new AbortController();
  const backoff = createBackoff(deps.random);
  let report: ReaderReport = {
    isConnected: false,
    problem: undefined,
    staleness: undefined,
    minVersion: undefined,
  };
  let sent = 0;

  function tell(change: Partial<ReaderReport>): void {
    report = { ...report, ...change };
    deps.onChange();
  }

  function call(url: URL, signal: AbortSignal, init: RequestInit = {}): Promise<Response> {
    const headers = { ...init.headers, authorization: `Bearer ${deps.token}` };
    // A redirect would carry the token to another place.
    return deps.fetch(url, { ...init, headers, signal, redirect: 'error', cache: 'no-store' });
  }

  async function loadSnapshot(atLeast: string | undefined): Promise<FailedCall | undefined> {
    const stage = replica.stage();
    const fetched = await fetchSnapshot((signal) => call(address.snapshot(atLeast), signal), stage, {
      clock,
      rejections,
      signal: closed.signal,
    });
    if (fetched.ok) await inSlices(follower.adopt(stage, fetched.end), closed.signal);
    await inSlices(stage.drop(), closed.signal);
    return fetched.ok ? undefined : fetched;
  }

  /** One stream from its opening to its end. */
  async function follow(): Promise<StreamEnd> {
    const given = abortedBy(closed.signal);
    let acks: Acknowledger | undefined;
    let giveUp: string | undefined;
    const abandon = (why: string): void => {
      giveUp = why;
      given.abort();
    };
    const end = await followStream((signal) => call(address.stream(follower.cursor()), signal), follower, {
      clock,
      signal: given.signal,
      onHello({ connection, staleness, minVersion }) {
        tell({ isConnected: true, problem: undefined, staleness, minVersion });
        acks = startAcknowledger({
          call: (body, signal) => {
            const headers = { 'content-type': 'application/json' };
            return call(address.acks, signal, { method: 'POST', body, headers });
          },
          connection,
          ...(deps.beforeAck && { before: deps.beforeAck }),
          clock,
          follower,
          freshness,
          rejections,
          nextSent: () => ++sent,
          onAnswer({ staleness: bounds }) {
            if (freshness.isCurrent(clock.monotonic())) backoff.reset();
            tell({ staleness: bounds, problem: undefined });
          },
          onFailure({ why, status }) {
            tell({ problem: why });
            if (status === 409) abandon('the server does not know this stream');
          },
        });
      },
      onApplied() {
        acks?.poke();
        if (isStuck(freshness, clock)) abandon('the stream does not deliver what the server has');
      },
    });
    acks?.stop();
    given.abort();
    return giveUp === undefined ? end : { do: 'reconnect', why: giveUp };
  }

  /** The snapshot where one is wanted, then one stream. Never rejects: whatever goes wrong is a reason to try again. */
  async function session(wanted: WantedSnapshot | undefined): Promise<StreamEnd | FailedSnapshot> {
    try {
      const failed = wanted === undefined ? undefined : await loadSnapshot(wanted.atLeast);
      return failed === undefined ? await follow() : { ...failed, wanted };
    } catch (error) {
      return failedCall(`the feed could not be applied: ${describeError(error)}`);
    }
  }

  async function run(): Promise<void> {
    const restored = await deps.restore();
    if (restored !== undefined) {
      follower.resume(restored);
      deps.onChange();
      await settle();
    }
    let wanted: WantedSnapshot | undefined = restored === undefined ? { atLeast: undefined } : undefined;
    while (!closed.signal.aborted) {
      const end: StreamEnd | FailedSnapshot = await session(wanted);
      if (closed.signal.aborted) return;
      tell({ isConnected: false, problem: end.why });
      if ('wanted' in end) wanted = end.wanted;
      else wanted = 'do' in end && end.do === 'resync' ? end : undefined;
      await pause(backoff.next(floorSeconds(end)));
    }
  }

  async function settle(): Promise<void> {
    // A turn for whoever waits to decide.
    await setImmediate();
    await inSlices(replica.settle(), closed.signal).catch(() => undefined);
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(delayMs, finish);
      closed.signal.addEventListener('abort', finish);
      function finish(): void {
        cancel();
        closed.signal.removeEventListener('abort', finish);
        resolve();
      }
    });
  }

  const running = run();

  return {
    report: () => report,
    position: () => follower.position(),
    async close() {
      closed.abort();
      await running;
    },
  };
}

function floorSeconds(end: StreamEnd | FailedSnapshot): number | undefined {
  if (!('do' in end)) return end.retryAfterSeconds;
  return end.do === 'reconnect' ? end.afterSeconds : undefined;
}

function isStuck(freshness: Freshness, clock: Clock): boolean {
  const since = freshness.missingSince();
  return since !== undefined && clock.monotonic() - since > STUCK_MS;
}
