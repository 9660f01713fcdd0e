/** Scripts that have a name of their own here; letters of any other script count as `Other`. */
const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Han', /\p{Script=Han}/u],
  ['Hiragana', /\p{Script=Hiragana}/u],
  ['Katakana', /\p{Script=Katakana}/u],
  ['Hangul', /\p{Script=Hangul}/u],
  ['Bopomofo', /\p{Script=Bopomofo}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Georgian', /\p{Script=Georgian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
];
/** A letter that belongs to a script: the Japanese long vowel mark, for one, is shared by two. */
const LETTER = /(?![\p{Script=Common}\p{Script=Inherited}])\p{L}/u;

/** Scripts that one language writes together (UTS 39, section 5.2, "highly restrictive"). */
const COMPATIBLE: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Hangul'],
  ['Latin', 'Han', 'Bopomofo'],
];

/** The scripts of a label's letters where no language writes them together, in order of appearance; else undefined. */
export function mixedScripts(label: string): readonly string[] | undefined {
  const found = new Set<string>();
  for (const character of label) {
    if (LETTER.test(character))
      found.add(SCRIPTS.find(([, letters]) => letters.test(character))?.[0] ?? 'Other');
  }
  const scripts = [...found];
  const isCompatible = COMPATIBLE.some((family) => scripts.every((script) => family.includes(script)));
  return scripts.length < 2 || isCompatible ? undefined : scripts;
}
