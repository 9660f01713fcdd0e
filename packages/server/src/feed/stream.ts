import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** One open event stream. Writing never blocks and never throws; a reader that is too slow is cut off. */
export interface Stream {
  /** Resolves when the stream is over, whoever ended it. */
  readonly closed: Promise<void>;
  isOpen(): boolean;
  write(bytes: Buffer | string): void;
  /** Resolves when the reader has taken enough for more to be written, or the stream is over; cuts a reader that takes nothing. */
  drained(): Promise<void>;
  /** Writes a last event and ends in order. */
  end(lastBytes: string): void;
  /** Ends at once: the other side has gone, and nothing could be told to it. */
  drop(): void;
}

export interface StreamOptions {
  /** What may wait for a slow reader; once more is waiting the connection is cut, and the reader resumes from its cursor. */
  readonly bufferLimitBytes: number;
  readonly onCut: () => void;
}

/** A reader that takes nothing for so long has gone. */
const DRAIN_LIMIT_MS = 30_000;
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

export function openStream(response: ServerResponse, { bufferLimitBytes, onCut }: StreamOptions): Stream {
  const ended = new AbortController();
  const closed = new Promise<void>((resolve) => {
    response.once('close', () => {
      ended.abort();
      resolve();
    });
  });
  // Without a listener a reset connection would be an uncaught error; `close` follows and is what counts.
  response.on('error', () => undefined);
  response.writeHead(200, HEADERS);
  response.flushHeaders();

  const isOpen = (): boolean => !response.writableEnded && !response.destroyed;

  function cut(): void {
    onCut();
    response.destroy();
  }

  return {
    closed,
    isOpen,
    write(bytes) {
      if (!isOpen()) return;
      if (response.writableLength > bufferLimitBytes) cut();
      else response.write(bytes);
    },
    async drained() {
      if (!isOpen() || !response.writableNeedDrain) return;
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(DRAIN_LIMIT_MS)]);
      await once(response, 'drain', { signal }).catch(() => {
        if (isOpen()) cut();
      });
    },
    end(lastBytes) {
      if (isOpen()) response.end(lastBytes);
    },
    drop() {
      response.destroy();
    },
  };
}
