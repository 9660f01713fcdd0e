import { PbfWriter } from 'pbf';
import { distanceField } from './distance-field.ts';
import type { FontFace } from './font-face.ts';
import { flattenOutline } from './outline.ts';

/** A block of 256 code points, by its first. */
export interface GlyphRange {
  readonly start: number;
}

/** Pixels an em in the format; clients scale from there. */
const EM_PIXELS = 24;

/** The format measures `top` from here, above the baseline: clients centre a line of text on that promise. */
const ASCENDER_PIXELS = 26;

const RANGE = /^(0|[1-9][0-9]{1,4})-([1-9][0-9]{1,4})$/;

/** Reads `0-255`, `256-511` … `65280-65535`; anything else is undefined. */
export function parseGlyphRange(text: string): GlyphRange | undefined {
  const match = RANGE.exec(text);
  const start = Number(match?.[1]);
  const end = Number(match?.[2]);
  return start % 256 === 0 && end === start + 255 && end <= 0xffff ? { start } : undefined;
}

/** Draws and writes a range as a glyph PBF (messages `glyphs`, `fontstack`, `glyph` of the node-fontnik format). */
export function encodeGlyphRange(face: FontFace, { start }: GlyphRange): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (_, stack) => {
      stack.writeStringField(1, face.name);
      stack.writeStringField(2, `${start}-${start + 255}`);
      for (let codePoint = start; codePoint < start + 256; codePoint += 1) {
        const glyph = face.glyph(codePoint);
        if (glyph !== undefined) stack.writeMessage(3, writeGlyph, { codePoint, glyph, face });
      }
    },
    null,
  );
  return Uint8Array.from(pbf.finish());
}

interface GlyphToWrite {
  readonly codePoint: number;
  readonly glyph: NonNullable<ReturnType<FontFace['glyph']>>;
  readonly face: FontFace;
}

function writeGlyph({ codePoint, glyph, face }: GlyphToWrite, pbf: PbfWriter): void {
  const scale = EM_PIXELS / face.unitsPerEm;
  const field = distanceField(flattenOutline(glyph.path.commands, scale));
  pbf.writeVarintField(1, codePoint);
  if (field.bitmap.length > 0) pbf.writeBytesField(2, field.bitmap);
  pbf.writeVarintField(3, field.width);
  pbf.writeVarintField(4, field.height);
  pbf.writeSVarintField(5, field.left);
  pbf.writeSVarintField(6, field.top - ASCENDER_PIXELS);
  pbf.writeVarintField(7, Math.round(glyph.advanceWidth * scale));
}
