import { readFile } from 'node:fs/promises';
import opentype, { type Font, type Glyph } from 'opentype.js';

/** One face of a typeface, read from the subset files in which it is published. */
export interface FontFace {
  readonly name: string;
  readonly unitsPerEm: number;
  /** Undefined where no subset has the character. */
  glyph(codePoint: number): Glyph | undefined;
}

/** The fonts that the demonstration serves: Inter (SIL Open Font License), by the names that styles use. */
export const FONT_FILES = {
  'Inter Regular': '400-normal',
  'Inter SemiBold': '600-normal',
  'Inter Italic': '400-italic',
} as const;

/** Any file of the package tells where the others are. */
const FILES = import.meta.resolve('@fontsource/inter/files/inter-latin-400-normal.woff');

export type FontName = keyof typeof FONT_FILES;

/** In this order: the first subset that has a character draws it. */
const SUBSETS = [
  'latin',
  'latin-ext',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
  'vietnamese',
] as const;

export function isFontName(name: string): name is FontName {
  return Object.hasOwn(FONT_FILES, name);
}

/** Reads all subsets of a face from `@fontsource/inter`. */
export async function readFontFace(name: FontName): Promise<FontFace> {
  const subsets = await Promise.all(
    SUBSETS.map((subset) => readFont(new URL(`./inter-${subset}-${FONT_FILES[name]}.woff`, FILES))),
  );
  return {
    name,
    unitsPerEm: subsets[0]?.unitsPerEm ?? 1000,
    glyph(codePoint) {
      for (const font of subsets) {
        const glyph = font.charToGlyph(String.fromCodePoint(codePoint));
        if (glyph.index !== 0) return glyph;
      }
      return undefined;
    },
  };
}

async function readFont(path: URL): Promise<Font> {
  const file = await readFile(path);
  return opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
}
