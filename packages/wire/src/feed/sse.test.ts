import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SseEvent } from './sse.ts';
import { createSseReader, formatSse } from './sse.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function readAll(chunks: readonly Uint8Array[], maxEventBytes?: number): SseEvent[] {
  const reader = createSseReader(maxEventBytes);
  return chunks.flatMap((chunk) => [...reader.push(chunk)]);
}

/** Cuts bytes at the given places, each taken modulo the length. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.slice(from, sorted[index] ?? bytes.length));
}

const line = fc.oneof(
  fc.constantFrom(
    'data: x',
    'data:',
    'data:  two',
    'id: 7',
    'event: change',
    ': comment',
    '',
    '',
    'data',
    'retry: 9',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
  fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, ' ')}`),
);

describe('reading an event stream', () => {
  test('any cutting of the bytes, with LF or CRLF, gives the same events', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))),
        fc.array(fc.nat(4000)),
        (lines, places) => {
          const bytes = encode(lines.map(([text, end]) => text + end).join(''));
          expect(readAll(cut(bytes, places))).toEqual(readAll([bytes]));
          expect(readAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(readAll([bytes]));
        },
      ),
    );
  });

  test('what is framed is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.jsonValue(), fc.option(fc.nat()))), (values) => {
        const frames = values.map(([value, id]) =>
          formatSse('change', JSON.stringify(value), id === null ? undefined : `e.${id}.00`),
        );
        const events = readAll([encode(frames.join(''))]);
        expect(events.map(({ data }) => JSON.parse(data))).toEqual(
          values.map(([value]) => JSON.parse(JSON.stringify(value))),
        );
        expect(events.map(({ id }) => id)).toEqual(
          values.map(([, id]) => (id === null ? undefined : `e.${id}.00`)),
        );
      }),
    );
  });

  test('the field rules of the standard hold', () => {
    const text =
      '\uFEFFevent: a\nid: 1\ndata: one\ndata: two\n\n: note\n\ndata\n\nid: 9\n\ndata:x\nunknown: y\n\ndata: cut';
    expect(readAll([encode(text)])).toEqual([
      { event: 'a', data: 'one\ntwo', id: '1', tooLong: false },
      { event: 'message', data: '', id: undefined, tooLong: false },
      { event: 'message', data: 'x', id: undefined, tooLong: false },
    ]);
  });

  test('an event over the bound is given empty and marked, and the next one is whole', () => {
    const text = `id: 3\nevent: change\ndata: ${'x'.repeat(100)}\n\ndata: ok\n\n`;
    const whole = readAll([encode(text)], 50);
    expect(whole).toEqual([
      { event: 'change', data: '', id: '3', tooLong: true },
      { event: 'message', data: 'ok', id: undefined, tooLong: false },
    ]);
    expect(readAll(cut(encode(text), [20, 40, 60, 80, 100, 110]), 50)).toEqual(whole);
  });

  test('many short data lines cannot go over the bound together', () => {
    expect(readAll([encode(`${'data: 0123456789\n'.repeat(10)}\n`)], 50)).toEqual([
      { event: 'message', data: '', id: undefined, tooLong: true },
    ]);
  });

  test('no bytes make the reader throw', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => void readAll(chunks, 64)));
  });

  test('a line end inside a part is refused when framing', () => {
    expect(() => formatSse('change', 'a\nid: forged')).toThrow(TypeError);
    expect(() => formatSse('change', '{}', '1\n')).toThrow(TypeError);
  });
});
