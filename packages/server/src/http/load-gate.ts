import type { Store } from '../store/store.ts';

/** Sizes of the queues in front of the store. */
export interface LoadLimits {
  /** Changes that may be in the writer at once; what waits for its commit together holds the process up together. */
  readonly inWriter: number;
  /** Management calls that may wait to begin; further ones are shed. */
  readonly waiting: number;
  /** Management calls that begin in one turn of the event loop: between turns, checks and the feed have their say. */
  readonly startsPerTurn: number;
}

/** Holds management calls back, so that under any load revocations, checks and the feed go on as if there were none. */
export interface LoadGate {
  /** Resolves with true when the call may begin; with false, at once, where it is to be shed. */
  enter(): Promise<boolean>;
  /** Calls that wait. */
  readonly waiting: number;
  /** Calls that were shed so far. */
  readonly shed: number;
}

export const LOAD_LIMITS: LoadLimits = { inWriter: 64, waiting: 512, startsPerTurn: 16 };
const TELL_EVERY_MS = 10_000;
/** A full queue is worked off by then. */
export const SHED_RETRY_AFTER_SECONDS = 1;

/** The gate, and the store by which it knows what the writer has to do: every change has to go through that one. */
export function createLoadGate<S extends Pick<Store, 'change'>>(
  store: S,
  log: { warn(fields: object, message: string): void },
  limits: LoadLimits = LOAD_LIMITS,
): { readonly gate: LoadGate; readonly store: S } {
  const queue: ((mayBegin: boolean) => void)[] = [];
  let inWriter = 0;
  let begun = 0;
  let isTurnMarked = false;
  let shed = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  function hasRoom(): boolean {
    return begun < limits.startsPerTurn && inWriter < limits.inWriter;
  }

  function begin(): void {
    begun += 1;
    if (isTurnMarked) return;
    isTurnMarked = true;
    setImmediate(() => {
      isTurnMarked = false;
      begun = 0;
      pump();
    });
  }

  function pump(): void {
    while (hasRoom()) {
      const next = queue.shift();
      if (next === undefined) return;
      begin();
      next(true);
    }
  }

  function tell(): void {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    log.warn(
      { shed, waiting: queue.length, inWriter },
      'more calls than the server can answer: management calls are shed',
    );
  }

  const change: Store['change'] = async (work) => {
    inWriter += 1;
    try {
      return await store.change(work);
    } finally {
      inWriter -= 1;
      pump();
    }
  };

  return {
    store: { ...store, change },
    gate: {
      async enter() {
        if (queue.length === 0 && hasRoom()) {
          begin();
          return true;
        }
        if (queue.length >= limits.waiting) {
          shed += 1;
          tell();
          return false;
        }
        return new Promise<boolean>((resolve) => {
          queue.push(resolve);
        });
      },
      get waiting() {
        return queue.length;
      },
      get shed() {
        return shed;
      },
    },
  };
}
