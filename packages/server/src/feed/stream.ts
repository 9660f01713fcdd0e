import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** One open event stream. Writing never blocks and never throws; a reader that is too slow is cut off. */
export interface Stream {
  /** Resolves when the stream is over, whoever ended it. */
  readonly closed: Promise<void>;
  isOpen(): boolean;
  write(bytes: Buffer | string): void;
  /** Resolves when the reader has taken enough for more to be written, or the stream is over. */
  drained(): Promise<void>;
  /** Writes a last event and ends in order. */
  end(lastBytes: string): void;
}

export interface StreamOptions {
  /** What may wait for a slow reader; past it the connection is cut, and the reader resumes from its cursor. */
  readonly bufferLimitBytes: number;
  readonly onCut: () => void;
}

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

  return {
    closed,
    isOpen,
    write(bytes) {
      if (!isOpen()) return;
      response.write(bytes);
      if (response.writableLength <= bufferLimitBytes) return;
      onCut();
      response.destroy();
    },
    async drained() {
      if (!isOpen() || !response.writableNeedDrain) return;
      await once(response, 'drain', { signal: ended.signal }).catch(() => undefined);
    },
    end(lastBytes) {
      if (isOpen()) response.end(lastBytes);
    },
  };
}
