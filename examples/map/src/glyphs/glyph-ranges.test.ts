import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import { distanceField } from './distance-field.ts';
import { parseGlyphRange } from './encode-glyph-range.ts';
import { glyphRanges } from './glyph-ranges.ts';

interface ReadGlyph {
  id: number;
  bitmap: Uint8Array;
  width: number;
  height: number;
  left: number;
  top: number;
  advance: number;
}

/** Reads the format as map clients do. */
function readGlyphs(bytes: Uint8Array): Map<number, ReadGlyph> {
  const glyphs = new Map<number, ReadGlyph>();
  new PbfReader(bytes).readFields((stackTag, _, pbf) => {
    if (stackTag !== 1) return;
    pbf.readMessage((tag, _stack, stack) => {
      if (tag !== 3) return;
      const glyph: ReadGlyph = {
        id: 0,
        bitmap: new Uint8Array(),
        width: 0,
        height: 0,
        left: 0,
        top: 0,
        advance: 0,
      };
      stack.readMessage((field, into, message) => {
        if (field === 1) into.id = message.readVarint();
        else if (field === 2) into.bitmap = message.readBytes();
        else if (field === 3) into.width = message.readVarint();
        else if (field === 4) into.height = message.readVarint();
        else if (field === 5) into.left = message.readSVarint();
        else if (field === 6) into.top = message.readSVarint();
        else if (field === 7) into.advance = message.readVarint();
      }, glyph);
      glyphs.set(glyph.id, glyph);
    }, null);
  }, null);
  return glyphs;
}

describe('a range of glyphs', () => {
  test('holds the letters that country names need, each with its border of 3 pixels', async () => {
    const glyphs = readGlyphs(await glyphRanges()('Inter Regular', { start: 0 }));
    for (const letter of "ABCxyzÅçéôãñ'.,-") {
      const glyph = glyphs.get(letter.codePointAt(0) ?? 0);
      expect(glyph, letter).toBeDefined();
      expect(glyph?.bitmap.length, letter).toBe(((glyph?.width ?? 0) + 6) * ((glyph?.height ?? 0) + 6));
    }
  });

  test('has a space that advances and draws nothing', async () => {
    const space = readGlyphs(await glyphRanges()('Inter Regular', { start: 0 })).get(32);
    expect(space?.bitmap.length).toBe(0);
    expect(space?.advance).toBeGreaterThan(3);
  });

  test('is empty where the font has nothing', async () => {
    expect(readGlyphs(await glyphRanges()('Inter Regular', { start: 0x4e00 })).size).toBe(0);
  });

  test('is drawn once', async () => {
    const ranges = glyphRanges();
    expect(await ranges('Inter Italic', { start: 0 })).toBe(await ranges('Inter Italic', { start: 0 }));
  });
});

describe('a distance field', () => {
  const square = (low: number, high: number) => {
    const corners = [
      [low, low],
      [high, low],
      [high, high],
      [low, high],
      [low, low],
    ] as const;
    return corners.slice(1).flatMap(([x, y], index) => {
      const [x0, y0] = corners[index] ?? [0, 0];
      const steps = 40;
      return Array.from({ length: steps }, (_, step) => ({
        x0: x0 + ((x - x0) * step) / steps,
        y0: y0 + ((y - y0) * step) / steps,
        x1: x0 + ((x - x0) * (step + 1)) / steps,
        y1: y0 + ((y - y0) * (step + 1)) / steps,
      }));
    });
  };

  test('is above 191 inside, below outside, and falls evenly with the distance', () => {
    const { bitmap, width, left, top } = distanceField(square(0, 10));
    const at = (x: number, y: number) => bitmap[(top + 3 - 1 - y) * (width + 6) + (x - left + 3)] ?? 0;
    expect([width, left, top]).toEqual([10, 0, 10]);
    expect(at(0, 5)).toBe(Math.round(255 * (0.75 + 0.5 / 8)));
    expect(at(-1, 5)).toBe(Math.round(255 * (0.75 - 0.5 / 8)));
    expect(at(-3, 5)).toBe(Math.round(255 * (0.75 - 2.5 / 8)));
  });

  test('has no seam where two strokes overlap', () => {
    const { bitmap, width, left, top } = distanceField([...square(0, 12), ...square(4, 20)]);
    const seam = bitmap[(top + 3 - 1 - 8) * (width + 6) + (4 - left + 3)] ?? 0;
    expect(seam).toBe(255);
  });
});

describe('the name of a range', () => {
  test.each([
    ['0-255', { start: 0 }],
    ['65280-65535', { start: 65_280 }],
    ['0-256', undefined],
    ['1-256', undefined],
    ['65536-65791', undefined],
    ['00-255', undefined],
    ['-255', undefined],
    ['0-255.pbf', undefined],
  ])('%s', (text, range) => expect(parseGlyphRange(text)).toEqual(range));
});
