import type { CheckRequest, CountedPolicy, Decision, Denied, TokenSource, Trace } from '@latchkey/core';
import { checkRequest } from '@latchkey/core';
import type { StalenessBounds } from '@latchkey/wire/feed';
import { boundSecondsOf, longestBound, shortestBound } from '@latchkey/wire/feed';
import type { Metric } from '@latchkey/wire/metrics';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import { digestText } from './digest.ts';
import type { CopyState } from './disk/disk-copy.ts';
import { createDiskCopy } from './disk/disk-copy.ts';
import { feedAddress } from './feed/feed-address.ts';
import { createFeedLag } from './feed/feed-lag.ts';
import { startFeedReader } from './feed/feed-reader.ts';
import { createFreshness } from './feed/freshness.ts';
import type { Position } from './feed/position.ts';
import { createRejections } from './feed/rejections.ts';
import type { ChangedGrant } from './replica/changed-grant.ts';
import { createReplica } from './replica/replica.ts';
import type { VerifierStatus } from './status.ts';
import { isOlder } from './status.ts';
import { createSteadyTime } from './steady-time.ts';
import { createMemoryQueue } from './usage/batch-queue.ts';
import { createFolderQueue } from './usage/folder-queue.ts';
import type { UsageReporterDeps } from './usage/usage-reporter.ts';
import { startUsageReporter } from './usage/usage-reporter.ts';
import { createDecisionCounts, verifierMetrics } from './verifier-metrics.ts';
import { VERSION } from './version.ts';

export interface VerifierOptions {
  /** Where the Latchkey server is: `https://tokens.example.com`. */
  readonly url: string;
  /** A token with the scope `verifiers:sync`. */
  readonly token: string;
  /** What people call this verifier: `maps-api-3`. */
  readonly name?: string;
  /**
   * Where a copy of the replica is kept, so that the verifier goes on deciding when it is restarted while the server cannot be
   * reached. It holds no token's text. Made where it does not exist; none by default. Counts of requests wait there too until the
   * server has them; without it, those of the last ten seconds and of a time without the server are lost where the process is killed.
   */
  readonly folder?: string;
  /** Called when the connection, the currency, the problem, the stale classes or the number of rejected records change. What it throws is dropped. */
  readonly onStatus?: (status: VerifierStatus) => void;
  /**
   * Called each second with how old the replica is, in seconds since it was known to be complete (undefined before it was for the
   * first time): below two while all is well. What it throws is dropped.
   */
  readonly onAge?: (ageSeconds: number | undefined, status: VerifierStatus) => void;
  /**
   * Called when a token or account that was known may do other things than before: its answers in caches elsewhere should go. Called
   * after it is in force here; not for tokens that expire, and not for what changed before this process knew of it. What it throws is dropped.
   */
  readonly onChanged?: (changed: ChangedGrant) => void;
  /** From 0 to below 1, for the spread of reconnects. */
  readonly random?: () => number;
  /** How HTTP is spoken; the global `fetch` by default. */
  readonly fetch?: typeof fetch;
  /** Time; the system's by default. */
  readonly clock?: Clock;
}

/** Decides requests in this process, from a replica that follows the server. */
export interface Verifier {
  /** Decides at once, from memory. Never throws, whatever the request holds. */
  verify(request: CheckRequest, policy: CountedPolicy, trace?: Trace): Decision;
  /**
   * Keeps a refusal for a while, so that the server can tell whoever asks about `requestId` why: what was answered with
   * the refusal of the request. Middlewares and doors do.
   */
  noteRefusal(requestId: string, denied: Denied, request: CheckRequest, policy: CountedPolicy): void;
  /**
   * Resolves with true once tokens are known for the first time: the replica is complete, or was read from disk and is
   * within the bounds of staleness; with false where the verifier is closed before.
   */
  ready(): Promise<boolean>;
  status(): VerifierStatus;
  /** Figures for a monitoring system: decisions by outcome, age, bounds, feed lag. See `formatMetrics` of `@latchkey/verifier/metrics`. */
  metrics(): readonly Metric[];
  /** Ends the connection and all timers. Decisions go on until the bounds of staleness. */
  close(): Promise<void>;
}

/** What holds until the server has told its own bounds: 15 minutes, and an hour for public tokens. */
const DEFAULT_STALENESS: StalenessBounds = { secret: 900, temporary: 900, public: 3600 };
const CLASSES = ['secret', 'temporary', 'public'] as const;
const STATUS_INTERVAL_MS = 1000;

/**
 * Starts a verifier. It connects by itself, and again for ever; nothing that goes wrong with the server or the network is
 * thrown into the host process.
 * @throws TypeError where `url` is no http(s) URL or `token` cannot stand in a header
 */
export function createVerifier(options: VerifierOptions): Verifier {
  if (!/^[\x21-\x7e]+$/.test(options.token)) throw new TypeError('the token of a verifier is not a token');
  // Tells this replica from others of the same token, for as long as it lives; that of a copy on disk lives on with it.
  const freshInstance: string = crypto.randomUUID();
  const address = feedAddress(options.url, {
    name: options.name,
    version: VERSION,
    instance: () => instance,
    process: freshInstance,
  });
  const clock = options.clock ?? systemClock;
  const replica = createReplica(options.onChanged === undefined ? undefined : tellChanged(options.onChanged));
  const freshness = createFreshness(clock.monotonic);
  const steadyTime = createSteadyTime(clock);
  const rejections = createRejections();
  const lag = createFeedLag(clock.wall);
  const decisions = createDecisionCounts();
  let staleness = DEFAULT_STALENESS;
  let alwaysServed = shortestBound(staleness);
  const disk =
    options.folder === undefined
      ? undefined
      : createDiskCopy(options.folder, `${address.acks.origin}${address.acks.pathname}`, {
          replica,
          clock,
          freshInstance,
          onChange,
        });
  let instance = freshInstance;
  const server = `${address.acks.origin}${address.acks.pathname}`;
  const post: UsageReporterDeps['post'] = (body, signal) =>
    (options.fetch ?? fetch)(address.usage(clock.wall()), {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' },
      signal,
      // A redirect would carry the token to another place.
      redirect: 'error',
    });
  const queue =
    options.folder === undefined
      ? createMemoryQueue()
      : createFolderQueue(options.folder, { url: server, label: freshInstance, now: clock.wall });
  const usage = startUsageReporter({ queue, clock, instance: freshInstance, post });
  let isClosed = false;
  let lastTold = '';
  let finishReady: (isReady: boolean) => void = () => undefined;
  const whenReady = new Promise<boolean>((resolve) => {
    finishReady = resolve;
  });

  const reader = startFeedReader({
    address,
    token: options.token,
    fetch: options.fetch ?? fetch,
    clock,
    random: options.random ?? Math.random,
    replica,
    freshness,
    rejections,
    lag,
    restore,
    ...(disk && { onTaken: disk.note, beforeAck: disk.flush }),
    onChange,
  });
  let cancelTimer = clock.after(STATUS_INTERVAL_MS, tick);

  const source: TokenSource = {
    find: (text) => replica.find(digestText(text)),
    isCurrent: () => freshness.isCurrent(clock.monotonic()),
    isStaleFor(record, now) {
      const age = steadyTime(now) - freshness.completeAt();
      // Hardly ever is a replica so old that the token matters.
      return age > alwaysServed * 1000 && age > boundSecondsOf(record, staleness) * 1000;
    },
  };

  async function restore(): Promise<Position | undefined> {
    const loaded = await disk?.load();
    instance = disk?.instance ?? freshInstance;
    if (loaded === undefined) return undefined;
    setBounds(loaded.staleness);
    if (loaded.ageMs !== undefined) freshness.onRestored(clock.monotonic() - loaded.ageMs);
    return loaded.position;
  }

  function setBounds(bounds: StalenessBounds): void {
    staleness = bounds;
    alwaysServed = shortestBound(bounds);
  }

  function copyState(): CopyState {
    return { position: reader.position(), completeAt: freshness.completeAt(), staleness };
  }

  function isWithin(boundSeconds: number): boolean {
    return clock.monotonic() - freshness.completeAt() <= boundSeconds * 1000;
  }

  /** Currency also ends by mere time, so somebody has to look. */
  function tick(): void {
    cancelTimer = clock.after(STATUS_INTERVAL_MS, tick);
    replica.sweepExpired(clock.wall());
    disk?.saveIfDue(copyState());
    notice();
    if (options.onAge !== undefined) tell(options.onAge);
  }

  function onChange(): void {
    queueMicrotask(notice);
  }

  function notice(): void {
    if (isClosed) return;
    setBounds(reader.report().staleness ?? staleness);
    const now = status();
    if (now.current || isWithin(longestBound(staleness))) finishReady(true);
    const told = JSON.stringify([
      now.connected,
      now.current,
      now.problem,
      now.rejected.count,
      now.outdated,
      now.disk?.problem,
      now.stale,
    ]);
    if (told === lastTold) return;
    lastTold = told;
    tell((_, told) => options.onStatus?.(told));
  }

  function tell(listener: NonNullable<VerifierOptions['onAge']>): void {
    try {
      const now = status();
      listener(now.ageSeconds, now);
    } catch {
      // The host's mistake must not end the connection, and there is nobody to tell.
    }
  }

  function status(): VerifierStatus {
    const { isConnected, problem, minVersion } = reader.report();
    const monotonic = clock.monotonic();
    const completeAt = freshness.completeAt();
    return {
      connected: isConnected && !isClosed,
      current: freshness.isCurrent(monotonic),
      cursor: reader.position()?.cursor,
      ageSeconds: Number.isFinite(completeAt) ? (monotonic - completeAt) / 1000 : undefined,
      staleness,
      stale: CLASSES.filter((of) => !isWithin(staleness[of])),
      tokens: replica.size,
      rejected: { count: rejections.count, newest: rejections.newest() },
      problem,
      disk: disk && { completeAt: disk.completeAt, problem: disk.problem },
      usage: usage.report(),
      outdated: minVersion !== undefined && isOlder(VERSION, minVersion),
    };
  }

  return {
    verify(request, policy, trace) {
      const now = clock.wall();
      const decision = checkRequest(request, policy, source, now, trace);
      decisions.count(decision);
      usage.add(decision, request, policy, now);
      return decision;
    },
    noteRefusal: usage.noteRefusal,
    ready: () => whenReady,
    status,
    metrics() {
      const since = freshness.missingSince();
      return verifierMetrics({
        status: status(),
        decisions: decisions.samples(),
        lag: lag.read(),
        missingSeconds: since === undefined ? 0 : (clock.monotonic() - since) / 1000,
      });
    },
    async close() {
      isClosed = true;
      cancelTimer();
      finishReady(false);
      await Promise.all([reader.close(), usage.close()]);
      await disk?.close(copyState());
    },
  };
}

/** In a turn of its own, once the change is applied whole. */
function tellChanged(onChanged: (changed: ChangedGrant) => void): (changed: ChangedGrant) => void {
  return (changed) => {
    queueMicrotask(() => {
      try {
        onChanged(changed);
      } catch {
        // The host's mistake must not end the connection, and there is nobody to tell.
      }
    });
  };
}
