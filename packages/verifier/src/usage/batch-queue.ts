/** Batches that the server has not acknowledged, the oldest first. Never rejects: what goes wrong is a problem. */
export interface BatchQueue {
  /** Keeps a batch. False: it is in memory alone, and lost where the process is killed. */
  add(batch: string): Promise<boolean>;
  /** The oldest that is left; undefined: there is none. */
  first(): Promise<QueuedBatch | undefined>;
  /** Whether so many wait that what is counted should rather go on being added up in memory. */
  isFull(): boolean;
  isEmpty(): boolean;
  /** Looks for batches that others left behind. */
  adopt(): Promise<void>;
  /** Why batches are not where they should be; for people. */
  readonly problem: string | undefined;
}

export interface QueuedBatch {
  readonly text: string;
  /** Forgets it: the server has it. */
  done(): Promise<void>;
  /** Puts it aside: the server will never take it. */
  refuse(): Promise<void>;
}

/** Batches in memory. While one waits the queue is full, so that nothing but counters grows. */
export function createMemoryQueue(): BatchQueue {
  const batches: string[] = [];
  return {
    async add(batch) {
      batches.push(batch);
      return false;
    },
    async first() {
      const [text] = batches;
      if (text === undefined) return undefined;
      const forget = async (): Promise<void> => {
        if (batches[0] === text) batches.shift();
      };
      return { text, done: forget, refuse: forget };
    },
    isFull: () => batches.length > 0,
    isEmpty: () => batches.length === 0,
    adopt: async () => undefined,
    problem: undefined,
  };
}
