import type { AccountName } from '@latchkey/core';
import type { ChangeEvent, ChangeEvents } from './change-events.ts';

export interface EventStreamOptions {
  readonly changes: ChangeEvents;
  readonly account: AccountName;
  /** Whether the caller may still listen; asked with each heartbeat, and after changes that may be about it. */
  readonly isStill: () => Promise<boolean>;
  /** Whether a change may be about the caller itself. */
  readonly isAbout: (event: ChangeEvent) => boolean;
  /** Calls `beat` at intervals. Answers the function that ends it. */
  readonly everyHeartbeat: (beat: () => void) => () => void;
  readonly onEnd: () => void;
}

/** So many events may wait for a slow reader, who is cut off with one more: it comes again and looks at everything anew. */
const WAITING_LIMIT = 1000;

/** Server-sent events (HTML Standard §9.2) as they are taken: `hello`, `change`, comments as heartbeats, `bye`. */
export function eventStream(options: EventStreamOptions): AsyncIterable<string> {
  return { [Symbol.asyncIterator]: () => openStream(options) };
}

function openStream({
  changes,
  account,
  isStill,
  isAbout,
  everyHeartbeat,
  onEnd,
}: EventStreamOptions): AsyncIterator<string> {
  const waiting: string[] = [];
  let isOver = false;
  let wake = () => {};

  function push(piece: string): void {
    if (isOver) return;
    if (waiting.length >= WAITING_LIMIT) end([]);
    else waiting.push(piece);
    wake();
  }

  function end(last: readonly string[]): void {
    if (isOver) return;
    isOver = true;
    waiting.push(...last);
    unsubscribe();
    stopBeating();
    onEnd();
    wake();
  }

  async function look(): Promise<void> {
    const goesOn = await isStill().catch(() => false);
    if (!goesOn) end(['event: bye\ndata: {}\n\n']);
  }

  const unsubscribe = changes.subscribe(account, {
    onReady: () => push('event: hello\ndata: {}\n\n'),
    onChange(event) {
      push(`event: change\nid: ${event.sequence}\ndata: ${JSON.stringify(event)}\n\n`);
      if (isAbout(event)) void look();
    },
    onClose: () => end([]),
  });
  const stopBeating = everyHeartbeat(() => {
    push(': heartbeat\n\n');
    void look();
  });

  return {
    async next() {
      for (;;) {
        const piece = waiting.shift();
        if (piece !== undefined) return { done: false, value: piece };
        if (isOver) return { done: true, value: undefined };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async return() {
      end([]);
      return { done: true, value: undefined };
    },
  };
}
