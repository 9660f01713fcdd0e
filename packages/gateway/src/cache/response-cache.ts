import type { AnswerReceiver, Forward, UpstreamCall, UpstreamRequest } from '../upstream/forward.ts';
import { withHead } from '../upstream/with-head.ts';
import type { StoredAnswer } from './answer-store.ts';
import { createAnswerStore } from './answer-store.ts';
import type { CacheKey } from './cache-key.ts';
import { cacheKey, isVariant } from './cache-key.ts';
import { cacheUseOf, wantsNewest, wantsOnlyStored } from './cacheable-request.ts';
import { createExpiringSet } from './expiring-set.ts';
import type { Fill } from './fill.ts';
import { startFill } from './fill.ts';
import { invalidatingBy } from './invalidate.ts';
import { replay } from './replay.ts';

export interface ResponseCacheOptions {
  /** Of all stored answers together. */
  readonly limitBytes: number;
  /** A larger body is passed on as it comes, and not stored. */
  readonly bodyLimitBytes: number;
  /** How long a request waits for an answer that another one has asked for already, in milliseconds. */
  readonly collapseWaitMs: number;
  /** Request headers that change no answer, in lower case: they are in no key. */
  readonly unkeyedHeaders: readonly string[];
  /** Unix milliseconds, never going back; by default the time since this process began, added to when that was. */
  readonly now?: () => number;
}

/** What a cache has done since it was made, and what it holds. */
export interface CacheCounts {
  /** Answered without the API, collapsed ones included. */
  readonly hits: number;
  /** The API was asked, as nothing was stored that fits. */
  readonly misses: number;
  /** The API was asked whether what is stored still holds, or for something fresher. */
  readonly stale: number;
  /** Passed by: unsafe methods, parts, `no-store`. */
  readonly bypassed: number;
  /** Waited for an answer that another request had asked for, and got it. */
  readonly collapsed: number;
  readonly evicted: number;
  readonly answers: number;
  readonly bytes: number;
}

export interface ResponseCache {
  /** To be asked for requests that were allowed, and for no others: who may have an answer is decided before. */
  readonly forward: Forward;
  counts(): CacheCounts;
}

/** How long requests for what was not stored do not wait for each other. */
const UNSTORED_MS = 10_000;
const DONE: UpstreamCall = { resume: () => undefined, abort: () => undefined };
const systemNow = () => performance.timeOrigin + performance.now();

/**
 * A shared response cache (RFC 9111) in memory, around the way to the API. Never serves what is stale. Holds neither a token nor credentials:
 * those are gone from a request before it comes here.
 */
export function createResponseCache(forward: Forward, options: ResponseCacheOptions): ResponseCache {
  const { limitBytes, bodyLimitBytes, collapseWaitMs, now = systemNow } = options;
  const unkeyed = new Set(options.unkeyedHeaders);
  const store = createAnswerStore(limitBytes);
  /** Those whose answer may still be stored, by resource. */
  const fills = new Map<string, Set<{ readonly context: string; readonly fill: Fill }>>();
  const unstored = createExpiringSet(UNSTORED_MS, now);
  const counts = { hits: 0, misses: 0, stale: 0, bypassed: 0, collapsed: 0 };

  function invalidate(resource: string): void {
    store.removeResource(resource);
    for (const begun of [...(fills.get(resource) ?? [])]) begun.fill.spoil();
  }

  function serve(
    answer: StoredAnswer,
    request: UpstreamRequest,
    receiver: AnswerReceiver,
    told: string,
  ): void {
    counts.hits += 1;
    replay(answer, answer.policy.ageSeconds(), request, receiver, told);
  }

  function fill(
    request: UpstreamRequest,
    receiver: AnswerReceiver,
    key: CacheKey,
    stale: StoredAnswer | undefined,
    reason: string,
  ): UpstreamCall {
    let isSettled = false;
    let leave = () => undefined;
    const begun = startFill({
      forward,
      store,
      key,
      request,
      receiver,
      stale,
      reason,
      bodyLimitBytes,
      now,
      onSettled(answer) {
        isSettled = true;
        leave();
        if (answer === undefined) unstored.add(nameOf(key));
      },
    });
    if (!isSettled) leave = join(key, begun);
    return begun.call;
  }

  /** @returns what takes it away again */
  function join({ resource, context }: CacheKey, begun: Fill): () => undefined {
    const entry = { context, fill: begun };
    const others = fills.get(resource) ?? new Set();
    fills.set(resource, others.add(entry));
    return () => {
      others.delete(entry);
      if (others.size === 0) fills.delete(resource);
    };
  }

  function underWay({ resource, context }: CacheKey): Fill | undefined {
    for (const begun of fills.get(resource) ?? []) if (begun.context === context) return begun.fill;
    return undefined;
  }

  /** Gets the answer that another request has asked for, or asks by itself once that does not come. */
  function wait(
    other: Fill,
    request: UpstreamRequest,
    receiver: AnswerReceiver,
    key: CacheKey,
  ): UpstreamCall {
    let call: UpstreamCall | undefined;
    const askAlone = () => {
      call = ask(request, receiver, key, false);
    };
    const leave = other.wait((answer) => {
      clearTimeout(late);
      if (answer === undefined || !isVariant(answer.variant, request.headers)) return askAlone();
      counts.collapsed += 1;
      call = DONE;
      serve(answer, request, receiver, 'latchkey; fwd=uri-miss; collapsed');
    });
    const late = setTimeout(() => {
      leave();
      askAlone();
    }, collapseWaitMs).unref();
    return {
      resume: () => call?.resume(),
      abort() {
        leave();
        clearTimeout(late);
        if (call === undefined) call = DONE;
        else call.abort();
      },
    };
  }

  function ask(
    request: UpstreamRequest,
    receiver: AnswerReceiver,
    key: CacheKey,
    mayWait: boolean,
  ): UpstreamCall {
    const found = store.find(key, request.headers);
    if (found.answer?.policy.satisfies(request.headers) === true) {
      serve(found.answer, request, receiver, `latchkey; hit; ttl=${found.answer.policy.ttlSeconds()}`);
      return DONE;
    }
    if (wantsOnlyStored(request)) return answerNotStored(receiver);
    const other = underWay(key);
    const waits = mayWait && request.method === 'GET' && !wantsNewest(request) && !unstored.has(nameOf(key));
    if (other !== undefined && waits) return wait(other, request, receiver, key);
    const { answer } = found;
    if (answer === undefined) counts.misses += 1;
    else counts.stale += 1;
    const reason = answer === undefined ? found.miss : answer.policy.ttlSeconds() <= 0 ? 'stale' : 'request';
    if (request.method === 'HEAD') return forward(request, telling(receiver, reason));
    return fill(request, receiver, key, answer, reason);
  }

  return {
    forward(request, receiver) {
      const use = cacheUseOf(request);
      if (use === 'use') return ask(request, receiver, cacheKey(request, unkeyed), true);
      counts.bypassed += 1;
      if (use === 'bypass') return forward(request, telling(receiver, 'bypass'));
      if (use === 'safe-method') return forward(request, receiver);
      return forward(request, invalidatingBy(request, receiver, invalidate));
    },
    counts: () => ({ ...counts, evicted: store.evicted, answers: store.answers, bytes: store.bytes }),
  };
}

function nameOf({ resource, context }: CacheKey): string {
  return `${context}\n${resource}`;
}

/** Passes an answer on, and says why it was not looked for in the cache. */
function telling(receiver: AnswerReceiver, reason: string): AnswerReceiver {
  return withHead(receiver, (status, statusText, headers) =>
    receiver.head(status, statusText, [...headers, 'Cache-Status', `latchkey; fwd=${reason}`]),
  );
}

/** RFC 9111 §5.2.1.7. */
function answerNotStored(receiver: AnswerReceiver): UpstreamCall {
  const headers = [
    'Content-Length',
    '0',
    'Cache-Control',
    'no-store',
    'Cache-Status',
    'latchkey; detail=only-if-cached',
  ];
  receiver.head(504, 'Gateway Timeout', headers);
  receiver.end([]);
  return DONE;
}
