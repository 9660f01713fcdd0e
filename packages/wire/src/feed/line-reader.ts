/** What a line reader tells, in the order of the bytes. */
export interface LineListener {
  /** A whole line without its end (LF or CRLF). `bytes` may be a view into the chunk that was pushed. */
  onLine(text: string, bytes: Uint8Array): void;
  /** The end of a line that went over the bound. */
  onLongLine(): void;
  /** Bytes of a line that goes over the bound, its LF included, as they are dropped. */
  onDropped?(bytes: Uint8Array): void;
}

export interface LineReader {
  /** Takes the next bytes, cut anywhere. */
  push(chunk: Uint8Array): void;
}

const LF = 0x0a;
const CR = 0x0d;

/** Cuts a stream of bytes into lines. Holds at most `maxBytes` of an unfinished one. */
export function createLineReader(maxBytes: number, listener: LineListener): LineReader {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isOverflowing = false;

  function drop(part: Uint8Array): void {
    for (const earlier of held) listener.onDropped?.(earlier);
    if (part.length > 0) listener.onDropped?.(part);
    held = [];
    heldBytes = 0;
    isOverflowing = true;
  }

  function finish(last: Uint8Array, withEnd: Uint8Array): void {
    if (isOverflowing || heldBytes + last.length > maxBytes) {
      drop(withEnd);
      isOverflowing = false;
      listener.onLongLine();
      return;
    }
    let bytes = heldBytes === 0 ? last : joined([...held, last], heldBytes + last.length);
    held = [];
    heldBytes = 0;
    if (bytes.at(-1) === CR) bytes = bytes.subarray(0, -1);
    listener.onLine(decoder.decode(bytes), bytes);
  }

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
        finish(chunk.subarray(start, end), chunk.subarray(start, end + 1));
        start = end + 1;
      }
      if (start === chunk.length) return;
      const rest = chunk.subarray(start);
      if (isOverflowing || heldBytes + rest.length > maxBytes) {
        drop(rest);
        return;
      }
      // A copy: the caller may reuse its buffer, and a view would keep the whole chunk alive.
      held.push(rest.slice());
      heldBytes += rest.length;
    },
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
