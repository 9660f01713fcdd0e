import type { PurgeHook } from './purge-hook.ts';
import { purgeRequest } from './purge-hook.ts';

/** What became of purge calls, over all hooks. */
export interface PurgeCounts {
  readonly done: number;
  /** Given up: refused by the cache, or without an answer after every try. */
  readonly failed: number;
  /** Thrown away, as too many were waiting. */
  readonly dropped: number;
  /** Not done yet. */
  readonly waiting: number;
}

export interface Purger {
  /** Has every hook called for this surrogate key. Returns at once; a key that waits already is not added again. */
  purge(key: string): void;
  counts(): PurgeCounts;
  /** Tries what waits once more, for at most {@link CLOSE_LIMIT_MS}, then ends. */
  close(): Promise<void>;
}

export interface PurgerParts {
  readonly hooks: readonly PurgeHook[];
  /** Told when calls of a hook begin to fail and when they work again; `hook` is its place in the list, from 0. */
  readonly onProblem: (hook: number, problem: string | undefined) => void;
  /** How long until a call is tried again, by the number of tries so far; undefined: it is given up. */
  readonly retryAfterMs?: (tries: number) => number | undefined;
  readonly waitingLimit?: number;
}

const AT_ONCE = 4;
const CALL_LIMIT_MS = 10_000;
const WAITING_LIMIT = 10_000;
const CLOSE_LIMIT_MS = 3_000;

/** Some ten minutes in all. */
function backoffMs(tries: number): number | undefined {
  return tries >= 12 ? undefined : Math.min(120_000, 500 * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}

/** Calls hooks in the background: a few at a time, again when they fail, and never more waiting than the limit. */
export function createPurger(parts: PurgerParts): Purger {
  const counts = { done: 0, failed: 0, dropped: 0 };
  const lines = parts.hooks.map((hook, place) =>
    createLine(hook, counts, (problem) => parts.onProblem(place, problem), parts),
  );
  return {
    purge(key) {
      for (const line of lines) line.add(key);
    },
    counts: () => ({ ...counts, waiting: lines.reduce((sum, line) => sum + line.waiting(), 0) }),
    async close() {
      await Promise.all(lines.map((line) => line.close()));
    },
  };
}

interface Line {
  add(key: string): void;
  waiting(): number;
  close(): Promise<void>;
}

function createLine(
  hook: PurgeHook,
  counts: { done: number; failed: number; dropped: number },
  onProblem: (problem: string | undefined) => void,
  { retryAfterMs = backoffMs, waitingLimit = WAITING_LIMIT }: PurgerParts,
): Line {
  /** Keys by how often they were tried; in the order in which they are to be. */
  const queue = new Map<string, number>();
  const pausing = new Map<string, { readonly tries: number; readonly timer: NodeJS.Timeout }>();
  const running = new Set<Promise<void>>();
  const closed = new AbortController();
  let isClosing = false;
  let problem: string | undefined;

  function tell(found: string | undefined): void {
    if (found !== problem) onProblem(found);
    problem = found;
  }

  function add(key: string, tries = 0): void {
    if (pausing.has(key)) {
      clearTimeout(pausing.get(key)?.timer);
      pausing.delete(key);
    }
    queue.set(key, tries);
    if (queue.size + pausing.size > waitingLimit) dropOldest();
    work();
  }

  function dropOldest(): void {
    const [oldest] = queue.keys();
    if (oldest === undefined) return;
    queue.delete(oldest);
    counts.dropped += 1;
    tell('more purge calls wait than there is room for');
  }

  function work(): void {
    for (const [key, tries] of queue) {
      if (running.size >= AT_ONCE) return;
      queue.delete(key);
      const call = run(key, tries + 1).finally(() => {
        running.delete(call);
        work();
      });
      running.add(call);
    }
  }

  /** Never rejects. */
  async function run(key: string, tries: number): Promise<void> {
    const outcome = await callOnce(hook, key, closed.signal);
    if (outcome.ok) {
      counts.done += 1;
      tell(undefined);
      return;
    }
    tell(outcome.problem);
    const pause = outcome.isFinal || isClosing ? undefined : retryAfterMs(tries);
    if (pause === undefined) {
      counts.failed += 1;
      return;
    }
    // It has been asked for again meanwhile.
    if (queue.has(key)) return;
    const timer = setTimeout(() => {
      pausing.delete(key);
      add(key, tries);
    }, pause).unref();
    pausing.set(key, { tries, timer });
  }

  return {
    add,
    waiting: () => queue.size + pausing.size + running.size,
    async close() {
      const late = setTimeout(() => closed.abort(), CLOSE_LIMIT_MS);
      await Promise.all(running);
      isClosing = true;
      for (const [key, { tries }] of [...pausing]) add(key, tries);
      while (running.size > 0) await Promise.all(running);
      clearTimeout(late);
    },
  };
}

type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: string; readonly isFinal: boolean };

/** What is told of a problem holds neither the URL nor a header: a secret of the cache may stand in both. */
async function callOnce(hook: PurgeHook, key: string, signal: AbortSignal): Promise<Outcome> {
  const { url, method, headers, body } = purgeRequest(hook, key);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_LIMIT_MS)]),
      ...(body === undefined ? {} : { body }),
    });
    await response.body?.cancel();
    if (response.ok) return { ok: true };
    // It was understood and refused: asking again changes nothing.
    const isFinal = response.status < 500 && response.status !== 408 && response.status !== 429;
    return { ok: false, problem: `answered ${response.status}`, isFinal };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
    const name = error instanceof Error ? error.name : 'unknown';
    return { ok: false, problem: code ?? name, isFinal: false };
  }
}
