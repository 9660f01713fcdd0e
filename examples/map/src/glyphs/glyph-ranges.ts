import { encodeGlyphRange, type GlyphRange } from './encode-glyph-range.ts';
import { type FontFace, type FontName, readFontFace } from './font-face.ts';

/** Draws a range of a font when it is first asked for, and keeps it: there are 256 ranges a font, most of them empty. */
export function glyphRanges(): (font: FontName, range: GlyphRange) => Promise<Uint8Array<ArrayBuffer>> {
  const faces = new Map<FontName, Promise<FontFace>>();
  const drawn = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return (font, range) => {
    const key = `${font}/${range.start}`;
    const face = faces.get(font) ?? readFontFace(font);
    faces.set(font, face);
    const bytes = drawn.get(key) ?? face.then((read) => encodeGlyphRange(read, range));
    drawn.set(key, bytes);
    return bytes;
  };
}
