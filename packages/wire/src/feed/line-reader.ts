/** What a line reader tells, in the order of the bytes. */
export interface LineListener {
  /** A whole line without its end (LF or CRLF). */
  onLine(text: string): void;
  /** The end of a line that went over the bound. */
  onLongLine(): void;
  /**
   * The bytes, line ends included, of one or more lines that were told just now, or a part of one that goes over the bound. May be
   * a view into the chunk that was pushed.
   */
  onBytes?(bytes: Uint8Array): void;
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
    for (const earlier of held) listener.onBytes?.(earlier);
    if (part.length > 0) listener.onBytes?.(part);
    held = [];
    heldBytes = 0;
    isOverflowing = true;
  }

  function tell(text: string): void {
    listener.onLine(text.charCodeAt(text.length - 1) === CR ? text.slice(0, -1) : text);
  }

  /** @param rest the end of a line, its LF included */
  function finish(rest: Uint8Array): void {
    if (isOverflowing || heldBytes + rest.length - 1 > maxBytes) {
      drop(rest);
      isOverflowing = false;
      listener.onLongLine();
      return;
    }
    const bytes = heldBytes === 0 ? rest : joined([...held, rest], heldBytes + rest.length);
    held = [];
    heldBytes = 0;
    tell(decoder.decode(bytes.subarray(0, -1)));
    listener.onBytes?.(bytes);
  }

  /** Lines of which none can be too long: to decode them together is much faster. */
  function finishAll(bytes: Uint8Array): void {
    const text = decoder.decode(bytes);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      tell(text.slice(start, end));
      start = end + 1;
    }
    listener.onBytes?.(bytes);
  }

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
        finish(chunk.subarray(start, end + 1));
        start = end + 1;
        const linesEnd = chunk.lastIndexOf(LF) + 1;
        if (linesEnd === start || linesEnd - start > maxBytes) continue;
        finishAll(chunk.subarray(start, linesEnd));
        start = linesEnd;
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
