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
/** Letters at the end that are all looked at. */
const END = 32;

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

/** Mixes every letter of the end, where such texts differ most, and some of the letters before. */
function placeOf(text: string): number {
  const { length } = text;
  const end = Math.max(0, length - END);
  let mixed = length;
  for (let at = length - 1; at >= end; at--) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  for (let at = end - 1; at > 0; at -= 3) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  return (mixed ^ (mixed >>> 12)) & (PLACES - 1);
}
