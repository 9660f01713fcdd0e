import type { Socket } from 'node:net';

/** What the network does to the bytes of one direction. All of it can be changed while connections are open. */
export interface Fault {
  /** Each byte arrives so much later. */
  readonly latencyMs: number;
  /** Undefined: as fast as it goes. */
  readonly bytesPerSecond: number | undefined;
  /** Bytes are passed on in pieces of at most so many, each as a write of its own. Undefined: as they came. */
  readonly sliceBytes: number | undefined;
  /**
   * Nothing arrives, not even the end of a connection, and nobody is told: what was sent waits, as TCP would send it again,
   * until the hole closes.
   */
  readonly isHole: boolean;
}

/** One direction of one connection. */
export interface Pump {
  /** The fault has changed. */
  wake(): void;
  /** Nothing passes any more, for ever. */
  strand(): void;
  /** Nothing passes now: neither bytes nor an end nor an error. */
  isHeld(): boolean;
  stop(): void;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly dueAt: number;
}

/** What may wait here before the sender feels it. */
const LIMIT_BYTES = 256 * 1024;

/** Carries bytes, and the end after them, from `source` to `sink` as `fault` says at each moment. */
export function pump(source: Socket, sink: Socket, fault: () => Fault): Pump {
  const queue: Waiting[] = [];
  let waitingBytes = 0;
  let hasEnded = false;
  let isStranded = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** When the line is free again, where its bandwidth is bounded. */
  let freeAt = 0;

  const isHeld = (): boolean => isStranded || fault().isHole;

  source.on('data', (bytes: Buffer) => {
    queue.push({ bytes, dueAt: performance.now() + fault().latencyMs });
    waitingBytes += bytes.length;
    if (waitingBytes > LIMIT_BYTES) source.pause();
    run();
  });
  source.on('end', () => {
    hasEnded = true;
    run();
  });
  source.on('close', (hadError) => {
    if (!hadError && !hasEnded) {
      hasEnded = true;
      run();
    }
  });
  sink.on('drain', run);

  function run(): void {
    clearTimeout(timer);
    if (isStopped || isHeld()) return;
    for (;;) {
      const [first] = queue;
      if (first === undefined) break;
      const wait = Math.max(first.dueAt, freeAt) - performance.now();
      if (wait > 0) {
        timer = setTimeout(run, wait);
        return;
      }
      // The next `drain` goes on.
      if (sink.writableNeedDrain) return;
      send(first);
    }
    if (hasEnded && !sink.writableEnded) sink.end();
  }

  function send(first: Waiting): void {
    const { sliceBytes, bytesPerSecond } = fault();
    const paced = bytesPerSecond === undefined ? undefined : Math.max(1, Math.ceil(bytesPerSecond / 100));
    const size = Math.min(first.bytes.length, sliceBytes ?? Infinity, paced ?? Infinity);
    queue.shift();
    if (size < first.bytes.length) queue.unshift({ ...first, bytes: first.bytes.subarray(size) });
    waitingBytes -= size;
    sink.write(first.bytes.subarray(0, size));
    if (bytesPerSecond !== undefined) freeAt = performance.now() + (1000 * size) / bytesPerSecond;
    if (waitingBytes <= LIMIT_BYTES / 2 && source.isPaused()) source.resume();
  }

  return {
    wake: run,
    strand() {
      isStranded = true;
      clearTimeout(timer);
    },
    isHeld,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      // The other side of a connection that nobody will end is read to nowhere.
      source.resume();
    },
  };
}
