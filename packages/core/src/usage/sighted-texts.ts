/** A text that requests bring, and what it stands for. */
export interface SightedText {
  readonly text: string;
  /** What it is counted as; undefined: not worked out yet. */
  name: string | undefined;
  // Numbers of a table that is not the one that counts are lower than all of that one's.
  /** As an origin or a client. */
  number: number;
  /** As the text by which a client is known. */
  agent: number;
}

/** Knows texts again that were seen lately, without a hash of the whole text. Forgets; never grows. */
export interface SightedTexts {
  /** The same object for the same text, for as long as it is not forgotten. */
  see(text: string): SightedText;
  /** Where {@link see} finds it. */
  placeOf(text: string): number;
  /** By place: what was seen there last. */
  readonly places: readonly (SightedText | undefined)[];
}

/** A power of two: so many texts are known again at the most. */
const PLACES = 4096;
/** A power of two: so many are known again by a few of their letters. */
const SHORTCUTS = 1024;
/** Letters at the end that are all looked at. */
const END = 32;
/** Letters counted from the end, where browsers tell their versions and pages their names. */
const TELLING = [3, 5, 15, 19, 21, 22];

/** @param fresh makes the entry of a text that is not known */
export function createSightedTexts(fresh: (text: string) => SightedText): SightedTexts {
  const places: (SightedText | undefined)[] = new Array(PLACES).fill(undefined);
  const shortcuts = new Int32Array(SHORTCUTS);

  function placeOf(text: string): number {
    const shortcut = shortcutOf(text);
    const likely = shortcuts[shortcut] ?? 0;
    if (places[likely]?.text === text) return likely;
    const place = searchedPlaceOf(text);
    shortcuts[shortcut] = place;
    return place;
  }

  function searchedPlaceOf(text: string): number {
    const place = mixedPlaceOf(text);
    if (places[place]?.text === text) return place;
    // Two places for each text, so that two frequent ones that share one do not drive each other out.
    const other = place ^ 1;
    if (places[other]?.text === text) return other;
    places[other] = places[place];
    places[place] = fresh(text);
    return place;
  }

  return {
    places,
    placeOf,
    see(text) {
      const found = places[placeOf(text)];
      if (found === undefined) throw new RangeError('a text that was put in a place is not there');
      return found;
    },
  };
}

/** Mixes every letter of the end, where such texts differ most, and some of the letters before. */
function mixedPlaceOf(text: string): number {
  const { length } = text;
  const end = Math.max(0, length - END);
  let mixed = length;
  for (let at = length - 1; at >= end; at--) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  for (let at = end - 1; at > 0; at -= 3) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  return (mixed ^ (mixed >>> 12)) & (PLACES - 1);
}

/** Mixes a few letters, in a fifth of the time. */
function shortcutOf(text: string): number {
  const { length } = text;
  let mixed = length;
  for (const back of TELLING) {
    if (back <= length) mixed = (Math.imul(mixed, 31) + text.charCodeAt(length - back)) | 0;
  }
  return (mixed ^ (mixed >>> 10)) & (SHORTCUTS - 1);
}
