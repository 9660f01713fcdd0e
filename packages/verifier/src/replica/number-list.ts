const PART = 16_384;

/** Numbers from 0 to 2^32 - 1, at four bytes each, of which a million can come and go without a stain on the heap. */
export interface NumberList {
  readonly length: number;
  push(value: number): void;
  /** 0 past the end. */
  at(index: number): number;
  /** Undefined where the list is empty. */
  pop(): number | undefined;
  clear(): void;
}

export function createNumberList(): NumberList {
  const parts: Uint32Array[] = [];
  let length = 0;

  function at(index: number): number {
    return parts[Math.floor(index / PART)]?.[index % PART] ?? 0;
  }

  return {
    get length() {
      return length;
    },
    at,
    push(value) {
      const number = Math.floor(length / PART);
      const part = parts[number] ?? new Uint32Array(PART);
      parts[number] = part;
      part[length % PART] = value;
      length++;
    },
    clear() {
      parts.length = 0;
      length = 0;
    },
    pop() {
      if (length === 0) return undefined;
      length--;
      const last = at(length);
      // One empty part stays, so that a list that goes up and down at its edge does not make it anew each time.
      if (length % PART === 0) parts.length = length / PART + 1;
      return last;
    },
  };
}
