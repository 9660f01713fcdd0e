import type { Head } from '../store/rows.ts';
import type { FeedStore } from '../store/store.ts';
import type { FramedChange } from './framed-change.ts';
import { frameChange, inPieces, joinFrames } from './framed-change.ts';

/** Changes that were read together, and their bytes in one piece, so that each stream gets one write. */
export interface ChangeBatch {
  readonly changes: readonly FramedChange[];
  readonly bytes: Buffer;
}

export interface ChangeTailListener {
  onBatch(batch: ChangeBatch): void;
  /** History is no continuation of what was told: every stream has to begin anew. */
  onNewEpoch(): void;
}

/** The newest changes, read from the store once for all streams. */
export interface ChangeTail {
  /** The newest change that listeners were told of. */
  head(): Head;
  /** Reads what is new. Callers that come while one reading runs share the next one. Rejects with the store's error. */
  pull(): Promise<void>;
  /** The changes after `revision` up to the head; undefined where memory does not reach back so far. */
  since(revision: number): readonly FramedChange[] | undefined;
}

const PAGE = 500;
/** A larger write could overrun a reader that keeps up. */
const BATCH_BYTES = 256 * 1024;
/** How much of the past is kept for verifiers that reconnect; older cursors are served from the store. */
const KEPT_BYTES = 4 * 1024 * 1024;

export async function createChangeTail(store: FeedStore, listener: ChangeTailListener): Promise<ChangeTail> {
  let head = await store.head();
  let kept: FramedChange[] = [];
  let keptBytes = 0;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function read(): Promise<void> {
    const { epoch } = await store.head();
    if (epoch !== head.epoch) {
      head = await store.head();
      kept = [];
      keptBytes = 0;
      listener.onNewEpoch();
      return;
    }
    for (;;) {
      const rows = await store.changesAfter(head.revision, PAGE);
      if (rows.length > 0) publish(rows.map((row) => frameChange(row, epoch)));
      if (rows.length < PAGE) return;
    }
  }

  function publish(changes: readonly FramedChange[]): void {
    for (const change of changes) {
      kept.push(change);
      keptBytes += change.bytes.length;
      head = { epoch: head.epoch, revision: change.revision, chain: change.chain };
    }
    let drop = 0;
    while (keptBytes > KEPT_BYTES) keptBytes -= kept[drop++]?.bytes.length ?? keptBytes;
    if (drop > 0) kept = kept.slice(drop);
    for (const piece of inPieces(changes, BATCH_BYTES)) {
      listener.onBatch({ changes: piece, bytes: joinFrames(piece) });
    }
  }

  function start(): Promise<void> {
    running = read().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    head: () => head,
    pull() {
      if (running === undefined) return start();
      // What is being read may have been asked for before the caller's change was there: read once more.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
    since(revision) {
      if (revision >= head.revision) return [];
      const first = kept[0];
      if (first === undefined || first.revision > revision + 1) return undefined;
      return kept.filter((change) => change.revision > revision);
    },
  };
}
