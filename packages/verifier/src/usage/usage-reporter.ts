import type { CheckRequest, CountedPolicy, Decision, Denied, TokenRecord } from '@latchkey/core';
import { createUsageTally } from '@latchkey/core';
import { parseUsageBatchAnswer } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import { abortedBy } from '../feed/aborted-by.ts';
import { describeError, failedAnswer, failedCall } from '../feed/failed-call.ts';
import { readText } from '../feed/read-body.ts';
import type { UsageStatus } from '../status.ts';
import type { BatchQueue } from './batch-queue.ts';
import { clientName } from './client-name.ts';
import { makeBatches } from './make-batches.ts';
import { createRefusalRing } from './refusal-ring.ts';
import { tokenIdentity } from './token-identity.ts';

/** Counts what a verifier decides, and tells the server. Nothing that goes wrong is thrown. */
export interface UsageReporter {
  /** Counts one decision; the only call on the way of a request. */
  add(decision: Decision, request: CheckRequest, policy: CountedPolicy, now: number): void;
  noteRefusal(requestId: string, denied: Denied, request: CheckRequest, policy: CountedPolicy): void;
  report(): UsageStatus;
  /** Tells what is left, and waits for that a few seconds at most. What is decided afterwards is not counted. */
  close(): Promise<void>;
}

export interface UsageReporterDeps {
  readonly queue: BatchQueue;
  readonly clock: Clock;
  /** Random; names this life of the verifier. */
  readonly instance: string;
  /** Posts a batch. */
  readonly post: (body: string, signal: AbortSignal) => Promise<Response>;
}

const FLUSH_INTERVAL_MS = 10_000;
const NAME_INTERVAL_MS = 1000;
/** A thing of milliseconds, between requests. */
const NAMED_AT_ONCE = 50;
const ADOPT_EVERY = 6;
const TIMEOUT_MS = 10_000;
const CLOSE_LIMIT_MS = 5000;

export function startUsageReporter({ queue, clock, instance, post }: UsageReporterDeps): UsageReporter {
  const tally = createUsageTally<TokenRecord>(tokenIdentity);
  const refusals = createRefusalRing();
  const closing = new AbortController();
  let isClosed = false;
  let sequence = 0;
  let flushes = 0;
  /** By the newest answer. */
  let serverTime: number | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  let problem: string | undefined;
  let underway: Promise<void> = Promise.resolve();
  let isUnderway = false;
  let cancelFlush = clock.after(0, tick);
  let cancelNames = clock.after(NAME_INTERVAL_MS, name);

  function name(): void {
    cancelNames = clock.after(NAME_INTERVAL_MS, name);
    tally.nameClients(clientName, NAMED_AT_ONCE);
  }

  function tick(): void {
    cancelFlush = clock.after(FLUSH_INTERVAL_MS, tick);
    if (isUnderway) return;
    isUnderway = true;
    underway = flush().finally(() => {
      isUnderway = false;
    });
  }

  async function flush(): Promise<void> {
    if (flushes++ % ADOPT_EVERY === 0) await queue.adopt();
    await pack(false);
    await deliver(closing.signal);
  }

  /** Closes what was counted since the last time. An empty batch tells that nothing was. */
  async function pack(isLast: boolean): Promise<void> {
    if (!isLast && queue.isFull()) return;
    // Before the counters are taken: what was decided until then is surely in them.
    const until = serverTime ?? null;
    const tables = tally.take();
    const noted = { refusals: refusals.take(), exposures: tally.takeExposures(clientName) };
    if (!isLast && tables.length === 0 && noted.refusals.length === 0 && !queue.isEmpty()) return;
    const frame = { reporter: instance, until, isLast, nextSequence: () => ++sequence };
    for (const batch of makeBatches(tables, noted, frame)) {
      if (batch === undefined) await new Promise((resolve) => setImmediate(resolve));
      else await queue.add(batch);
    }
  }

  async function deliver(stop: AbortSignal): Promise<void> {
    for (;;) {
      if (stop.aborted || clock.monotonic() < notBefore) return;
      const batch = await queue.first();
      if (batch === undefined) return;
      const outcome = await send(batch.text, stop);
      try {
        if (outcome === 'taken') await batch.done();
        else if (outcome === 'refused') await batch.refuse();
        else return;
      } catch (error) {
        problem = `usage could not be put aside: ${describeError(error)}`;
        return;
      }
    }
  }

  async function send(text: string, stop: AbortSignal): Promise<'taken' | 'refused' | 'later'> {
    const given = abortedBy(stop);
    const cancel = clock.after(TIMEOUT_MS, () => given.abort(new Error('no answer came in time')));
    try {
      const response = await post(text, given.signal);
      const body = await readText(response, given.signal);
      const answer = response.status === 200 ? parseUsageBatchAnswer(body) : undefined;
      if (answer === undefined) {
        const failed = failedAnswer('the report of usage', response, clock.wall());
        problem = failed.why;
        notBefore = clock.monotonic() + (failed.retryAfterSeconds ?? 0) * 1000;
        return response.status === 400 || response.status === 413 ? 'refused' : 'later';
      }
      serverTime = Math.max(serverTime ?? 0, answer.serverTime);
      tally.countAddresses(answer.addresses);
      problem =
        answer.unknownTokens.length === 0
          ? undefined
          : `the server does not know ${answer.unknownTokens.length} of the tokens whose use was reported`;
      return 'taken';
    } catch (error) {
      problem = failedCall(`usage could not be reported: ${describeError(error)}`).why;
      return 'later';
    } finally {
      cancel();
      given.abort();
    }
  }

  return {
    add(decision, request, policy, now) {
      if (!isClosed) tally.add(decision, request, policy, now);
    },
    noteRefusal(requestId, denied, request, policy) {
      if (!isClosed) refusals.note(requestId, denied, request, policy, clock.wall());
    },
    report: () => ({ reportedAt: serverTime, problem: problem ?? queue.problem }),
    async close() {
      if (isClosed) return;
      cancelFlush();
      cancelNames();
      const cancelLimit = clock.after(CLOSE_LIMIT_MS, () =>
        closing.abort(new Error('the verifier is closed')),
      );
      await underway;
      isClosed = true;
      await pack(true);
      await deliver(closing.signal);
      cancelLimit();
    },
  };
}
