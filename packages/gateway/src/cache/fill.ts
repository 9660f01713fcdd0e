import { headerOf } from '../header-fields/header-list.ts';
import type { AnswerReceiver, Forward, UpstreamCall, UpstreamRequest } from '../upstream/forward.ts';
import type { AnswerPolicy } from './answer-policy.ts';
import { judgeAnswer } from './answer-policy.ts';
import type { AnswerStore, StoredAnswer } from './answer-store.ts';
import type { CacheKey } from './cache-key.ts';
import { variantOf } from './cache-key.ts';
import { askedWith } from './cacheable-request.ts';
import { replay } from './replay.ts';
import type { Head } from './stored-head.ts';
import { confirms, headersToStore, updatedHeaders, validatorsOf } from './stored-head.ts';

/** One GET request to the API whose answer goes to its client, and into the store where it may. */
export interface Fill {
  /** For the client that it was begun for. */
  readonly call: UpstreamCall;
  /**
   * Calls back once, when the answer is stored, or with undefined when it is known that it will not be. @returns what ends the waiting
   */
  wait(waiter: (answer: StoredAnswer | undefined) => void): () => void;
  /** What it brings must not be stored any more: the API has changed meanwhile. */
  spoil(): void;
}

export interface FillParts {
  readonly forward: Forward;
  readonly store: AnswerStore;
  readonly key: CacheKey;
  readonly request: UpstreamRequest;
  readonly receiver: AnswerReceiver;
  /** The answer that is stored and no longer fresh enough. */
  readonly stale: StoredAnswer | undefined;
  /** Why the API is asked, for `Cache-Status`: `uri-miss`. */
  readonly reason: string;
  readonly bodyLimitBytes: number;
  /** Unix milliseconds, never going back. */
  readonly now: () => number;
  /** Called once, before the waiters: nobody should begin to wait any more. */
  readonly onSettled: (answer: StoredAnswer | undefined) => void;
}

/**
 * Asks the API, with the validators of a stale answer where there is one. What may be stored is read to its end even if the client
 * has gone or is slow: it is bounded by the limit of a body.
 */
export function startFill(parts: FillParts): Fill {
  const { forward, store, key, request, receiver, stale, reason, bodyLimitBytes, now, onSettled } = parts;
  const askedAt = now();
  const validators = stale === undefined ? [] : validatorsOf(stale.headers);
  const hasCredentials =
    request.identity !== undefined || headerOf(request.headers, 'authorization') !== undefined;
  const waiters = new Set<(answer: StoredAnswer | undefined) => void>();
  let upstream: UpstreamCall | undefined;
  let head: Head | undefined;
  /** Undefined: the answer is not stored, or not known yet. */
  let policy: AnswerPolicy | undefined;
  let queue: Uint8Array[] = [];
  let sent = 0;
  let bodyBytes = 0;
  let trailers: readonly string[] | undefined;
  let isSpoiled = false;
  let isSettled = false;
  let isOver = false;
  let isClientGone = false;
  let isClientBusy = false;

  function settle(answer: StoredAnswer | undefined): void {
    if (isSettled) return;
    isSettled = true;
    onSettled(answer);
    for (const waiter of waiters) waiter(answer);
    waiters.clear();
  }

  function stopStoring(): void {
    if (policy !== undefined) store.release(bodyBytes);
    policy = undefined;
    settle(undefined);
    if (isClientGone) giveUp();
    queue = queue.slice(sent);
    sent = 0;
  }

  function giveUp(): void {
    isOver = true;
    queue = [];
    upstream?.abort();
  }

  function keep(answered: Head, body: Uint8Array, judged: AnswerPolicy): StoredAnswer {
    const variant = variantOf(headerOf(answered.headers, 'vary'), request.headers);
    const headers = headersToStore(answered, body.byteLength, now());
    const answer = { ...answered, headers, key, variant, body, policy: judged };
    store.put(answer);
    return answer;
  }

  /** What is stored still holds. */
  function confirmed(held: StoredAnswer, headers304: readonly string[]): void {
    isOver = true;
    const { status, statusText, body } = held;
    const updated = { status, statusText, headers: updatedHeaders(held.headers, headers304) };
    const judged = judgeAnswer({ hasCredentials, status, headers: updated.headers, askedAt }, now);
    store.remove(held);
    const answer = judged === undefined || isSpoiled ? undefined : keep(updated, body, judged);
    settle(answer);
    if (isClientGone) return;
    const told = `latchkey; fwd=${reason}; fwd-status=304${answer === undefined ? '' : '; stored'}`;
    replay({ ...updated, body }, judged?.ageSeconds() ?? 0, request, receiver, told);
  }

  function pump(): void {
    while (!isClientGone && !isClientBusy && sent < queue.length) {
      const chunk = queue[sent++];
      if (chunk !== undefined) isClientBusy = !receiver.chunk(chunk);
    }
    if (policy === undefined && sent > 0) {
      queue = queue.slice(sent);
      sent = 0;
    }
    if (trailers !== undefined && sent === queue.length && !isOver) {
      isOver = true;
      if (!isClientGone) receiver.end(trailers);
    }
  }

  const answered: AnswerReceiver = {
    head(status, statusText, headers) {
      if (isOver) return;
      if (stale !== undefined && validators.length > 0 && status === 304) {
        if (confirms(stale.headers, headers)) return confirmed(stale, headers);
        store.remove(stale);
        return answered.fail('bad_answer');
      }
      // A failing API does not make what it said before wrong; what it says anew does.
      if (stale !== undefined && status < 500) store.remove(stale);
      head = { status, statusText, headers };
      const isLong = Number(headerOf(headers, 'content-length') ?? 0) > bodyLimitBytes;
      if (!isSpoiled && !isLong) policy = judgeAnswer({ hasCredentials, status, headers, askedAt }, now);
      if (!isClientGone) {
        const told = `latchkey; fwd=${reason}; fwd-status=${status}${policy === undefined ? '' : '; stored'}`;
        receiver.head(status, statusText, [...headers, 'Cache-Status', told]);
      }
      if (policy === undefined) stopStoring();
    },
    chunk(chunk) {
      if (isOver) return true;
      if (policy !== undefined) {
        const hasRoom = bodyBytes + chunk.byteLength <= bodyLimitBytes && store.reserve(chunk.byteLength);
        if (hasRoom) bodyBytes += chunk.byteLength;
        else stopStoring();
      }
      if (isOver) return true;
      queue.push(chunk);
      pump();
      return policy !== undefined || !isClientBusy;
    },
    end(told) {
      if (isOver) return;
      if (policy !== undefined && head !== undefined && told.length === 0) {
        const judged = policy;
        store.release(bodyBytes);
        policy = undefined;
        const body = Buffer.concat(queue);
        settle(keep(head, body, judged));
        // Its client may be slow: one copy of the body is enough.
        const sentBytes = queue.slice(0, sent).reduce((sum, chunk) => sum + chunk.byteLength, 0);
        queue = sentBytes === body.byteLength ? [] : [body.subarray(sentBytes)];
        sent = 0;
      } else stopStoring();
      trailers = told;
      pump();
    },
    fail(failure) {
      if (isOver) return;
      stopStoring();
      isOver = true;
      queue = [];
      if (!isClientGone) receiver.fail(failure);
    },
  };

  const asked = validators.length > 0 ? askedWith(request, validators) : request;
  upstream = forward(asked, answered);
  // It may have become of no use before it was there to be aborted.
  if (isOver) upstream.abort();

  return {
    call: {
      resume() {
        isClientBusy = false;
        pump();
        if (policy === undefined && !isClientBusy && !isOver) upstream?.resume();
      },
      abort() {
        if (isClientGone) return;
        isClientGone = true;
        const isWanted = policy !== undefined || (head === undefined && waiters.size > 0);
        if (isOver || isWanted) return;
        giveUp();
        settle(undefined);
      },
    },
    wait(waiter) {
      waiters.add(waiter);
      return () => void waiters.delete(waiter);
    },
    spoil() {
      isSpoiled = true;
      if (!isOver) stopStoring();
    },
  };
}
