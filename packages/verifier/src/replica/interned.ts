/**
 * Values that many records share, by number. A number stays the same as long as somebody holds the value, and then may be
 * given to another one.
 */
export interface Interned<Value> {
  /** The number of the value that this text stands for, held once more. 0 is never given. */
  hold(text: string): number;
  has(text: string): boolean;
  /** Holds a number once more. False where there is no such value. */
  holdAgain(number: number): boolean;
  release(number: number): void;
  /** @throws RangeError where there is no such value */
  get(number: number): Value;
  /** The texts by number, for the disk; undefined where a number is free. */
  texts(): readonly (string | undefined)[];
  /** Puts texts in place that came from disk, held by nobody. What nobody holds afterwards is dropped by {@link trim}. */
  restore(texts: readonly (string | undefined)[]): void;
  trim(): void;
  /** While true, numbers that become free are not given again: somebody reads records that may still name them. */
  isFrozen: boolean;
}

/** @param make makes the value; called once for each text that is new */
export function createInterned<Value>(make: (text: string) => Value): Interned<Value> {
  const numbers = new Map<string, number>();
  const texts: (string | undefined)[] = [undefined];
  const values: (Value | undefined)[] = [undefined];
  const holders: number[] = [0];
  const vacant: number[] = [];
  let unheld: number[] = [];
  let isFrozen = false;

  function drop(number: number): void {
    const text = texts[number];
    if (text === undefined || holders[number] !== 0) return;
    numbers.delete(text);
    texts[number] = undefined;
    values[number] = undefined;
    vacant.push(number);
  }

  return {
    hold(text) {
      const known = numbers.get(text);
      if (known !== undefined) {
        holders[known] = (holders[known] ?? 0) + 1;
        return known;
      }
      const number = (isFrozen ? undefined : vacant.pop()) ?? texts.length;
      numbers.set(text, number);
      texts[number] = text;
      values[number] = make(text);
      holders[number] = 1;
      return number;
    },
    has: (text) => numbers.has(text),
    holdAgain(number) {
      if (texts[number] === undefined) return false;
      holders[number] = (holders[number] ?? 0) + 1;
      return true;
    },
    release(number) {
      if (number === 0) return;
      const left = (holders[number] ?? 0) - 1;
      holders[number] = left;
      if (left !== 0) return;
      if (isFrozen) unheld.push(number);
      else drop(number);
    },
    get(number) {
      const value = values[number];
      if (value === undefined) throw new RangeError(`there is no value ${number}`);
      return value;
    },
    texts: () => texts,
    restore(saved) {
      for (const [number, text] of saved.entries()) {
        if (number === 0) continue;
        texts[number] = text;
        holders[number] = 0;
        if (text === undefined) {
          values[number] = undefined;
          vacant.push(number);
          continue;
        }
        numbers.set(text, number);
        values[number] = make(text);
      }
    },
    trim() {
      for (let number = 1; number < texts.length; number++) drop(number);
    },
    get isFrozen() {
      return isFrozen;
    },
    set isFrozen(frozen) {
      isFrozen = frozen;
      if (frozen) return;
      const waiting = unheld;
      unheld = [];
      for (const number of waiting) drop(number);
    },
  };
}
