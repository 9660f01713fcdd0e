/** A line without its end. `tooLong`: it went over the bound, and `text` is empty. */
export interface Line {
  readonly text: string;
  /** The line's bytes, without its end; empty where it was too long. */
  readonly bytes: Uint8Array;
  readonly tooLong: boolean;
}

export interface LineReader {
  /** Takes the next bytes, cut anywhere, and gives the lines that they complete. */
  push(chunk: Uint8Array): readonly Line[];
  /** True where bytes of an unfinished line have been taken. */
  isInsideLine(): boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const NO_BYTES = new Uint8Array(0);

/**
 * Cuts a stream of bytes into lines that end with LF or CRLF. Holds at most `maxBytes` of an unfinished line: the rest
 * of a longer one is dropped, and it is given as `tooLong` when its end comes.
 */
export function createLineReader(maxBytes: number): LineReader {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let overflow = false;

  function hold(part: Uint8Array): void {
    if (overflow || part.length === 0) return;
    heldBytes += part.length;
    if (heldBytes > maxBytes) {
      overflow = true;
      held = [];
      return;
    }
    held.push(part);
  }

  function finish(last: Uint8Array): Line {
    let bytes = last;
    if (heldBytes > 0 || overflow) {
      hold(last);
      bytes = overflow ? NO_BYTES : joined(held, heldBytes);
    }
    const tooLong = overflow || bytes.length > maxBytes;
    held = [];
    heldBytes = 0;
    overflow = false;
    if (tooLong) return { text: '', bytes: NO_BYTES, tooLong };
    if (bytes.at(-1) === CR) bytes = bytes.subarray(0, -1);
    return { text: decoder.decode(bytes), bytes, tooLong };
  }

  return {
    push(chunk) {
      const lines: Line[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
        lines.push(finish(chunk.subarray(start, end)));
        start = end + 1;
      }
      // A copy: the caller may reuse its buffer, and a view would keep the whole chunk alive.
      hold(chunk.slice(start));
      return lines;
    },
    isInsideLine: () => heldBytes > 0,
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
