import { createLineReader } from './line-reader.ts';

/** One event of a `text/event-stream` (WHATWG HTML, section 9.2). */
export interface SseEvent {
  /** `message` where the stream names none. */
  readonly event: string;
  readonly data: string;
  /** The `id` that this event itself carries; undefined where it has none. */
  readonly id: string | undefined;
  /** A line, or the data as a whole, went over the bound; `data` is then empty. */
  readonly tooLong: boolean;
}

export interface SseReader {
  /** Takes the next bytes, cut anywhere, and gives the events that they complete. Never throws. */
  push(chunk: Uint8Array): readonly SseEvent[];
}

/** 1 MiB: a token with 100 URLs of 255 characters needs 26 kB. */
export const MAX_EVENT_BYTES = 1024 * 1024;

/**
 * Reads an event stream as it arrives. Lines end with LF or CRLF. An event cut off by the end of the stream is never
 * given, as the standard has it.
 */
export function createSseReader(maxEventBytes: number = MAX_EVENT_BYTES): SseReader {
  let events: SseEvent[] = [];
  let atStart = true;
  let event = '';
  let data: string[] = [];
  let dataLength = 0;
  let id: string | undefined;
  let tooLong = false;

  function field(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'event') event = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'data') {
      dataLength += value.length + 1;
      if (dataLength > maxEventBytes) tooLong = true;
      else data.push(value);
    }
  }

  function finish(): void {
    if (tooLong || data.length > 0) {
      events.push({ event: event || 'message', data: tooLong ? '' : data.join('\n'), id, tooLong });
    }
    event = '';
    data = [];
    dataLength = 0;
    id = undefined;
    tooLong = false;
  }

  const lines = createLineReader(maxEventBytes, {
    onLine(line) {
      const text = atStart && line.startsWith('\uFEFF') ? line.slice(1) : line;
      atStart = false;
      if (text === '') finish();
      else field(text);
    },
    onLongLine() {
      atStart = false;
      tooLong = true;
    },
  });

  return {
    push(chunk) {
      events = [];
      lines.push(chunk);
      return events;
    },
  };
}

/**
 * The bytes of one event as text.
 * @throws TypeError where a part holds a line end, which would forge another field
 */
export function formatSse(event: string, data: string, id?: string): string {
  if (/[\r\n]/.test(event) || /[\r\n]/.test(data) || (id !== undefined && /[\r\n\0]/.test(id))) {
    throw new TypeError('an event of the feed holds a line end');
  }
  return id === undefined
    ? `event: ${event}\ndata: ${data}\n\n`
    : `event: ${event}\nid: ${id}\ndata: ${data}\n\n`;
}
