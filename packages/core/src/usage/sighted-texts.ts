/** A text that requests bring, and what it stands for. Compared by identity. */
export interface SightedText {
  readonly text: string;
  /** What it is counted as; undefined: not worked out yet. */
  name: string | undefined;
}

/** Knows texts again that were seen lately, without a copy or a hash of the whole text. Forgets; never grows. */
export interface SightedTexts {
  /** The same object for the same text, for as long as it is not forgotten. */
  see(text: string): SightedText;
}

/** A power of two: so many texts are known again at the most. */
const PLACES = 4096;
/** Letters at the end that are looked at, each second one. */
const END = 40;
/** Letters between these places, each third one. */
const START = 8;
const MIDDLE = 48;

/** @param fresh makes the entry of a text that is not known */
export function createSightedTexts(fresh: (text: string) => SightedText): SightedTexts {
  const places: (SightedText | undefined)[] = new Array(PLACES).fill(undefined);
  return {
    see(text) {
      const place = placeOf(text);
      const known = places[place];
      if (known !== undefined && known.text === text) return known;
      // Two places for each text, so that two frequent ones that share one do not drive each other out.
      const other = places[place ^ 1];
      if (other !== undefined && other.text === text) return other;
      const made = fresh(text);
      places[place ^ 1] = known;
      places[place] = made;
      return made;
    },
  };
}

/** Mixes letters from where such texts differ: their ends, and what stands behind the scheme or the first word. */
function placeOf(text: string): number {
  const { length } = text;
  let mixed = length;
  for (let at = length - 1, first = Math.max(0, length - END); at >= first; at -= 2) {
    mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  }
  for (let at = START, last = Math.min(length, MIDDLE); at < last; at += 3) {
    mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  }
  return (mixed ^ (mixed >>> 12)) & (PLACES - 1);
}
