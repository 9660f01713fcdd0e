import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_JSON_DEPTH, parseStrictJson } from './strict-json.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => parseStrictJson(utf8(text));
const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('strict JSON', () => {
  test.each([
    ['', 'The body is empty. Send a JSON object.', undefined],
    [' \n', 'The body is empty. Send a JSON object.', undefined],
    ['[]', 'The body is not an object. Send a JSON object: {…}.', undefined],
    ['null', 'The body is not an object. Send a JSON object: {…}.', undefined],
    ['"x"', 'The body is not an object. Send a JSON object: {…}.', undefined],
    ['{', 'The body is not JSON. Send one JSON object and nothing else.', undefined],
    ['{}{}', 'The body is not JSON. Send one JSON object and nothing else.', undefined],
    ["{'a':1}", 'The body is not JSON. Send one JSON object and nothing else.', undefined],
    ['\ufeff{}', 'The body is not JSON. Send one JSON object and nothing else.', undefined],
    ['{"a":1,"a":2}', 'This name occurs twice. Send it once.', 'a'],
    ['{"a":1,"\\u0061":2}', 'This name occurs twice. Send it once.', 'a'],
    ['{"a":{"b":[1,{"c":1,"c":1}]}}', 'This name occurs twice. Send it once.', 'a.b[1].c'],
    ['{"__proto__":{}}', 'This name is not allowed. Leave it out.', '__proto__'],
    ['{"\\u005f_proto__":{}}', 'This name is not allowed. Leave it out.', '__proto__'],
    ['{"a":{"constructor":1}}', 'This name is not allowed. Leave it out.', 'a.constructor'],
    ['{"prototype":1}', 'This name is not allowed. Leave it out.', 'prototype'],
    ['{"note":"\\ud800"}', 'A text holds half of a surrogate pair. Send whole characters.', 'note'],
    [
      '{"scopes":["a","\\udc00"]}',
      'A text holds half of a surrogate pair. Send whole characters.',
      'scopes[1]',
    ],
    [nested(MAX_JSON_DEPTH + 1), 'The body nests deeper than 16 levels. Send a flatter object.', undefined],
  ])('refuses %s', (text, detail, field) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, detail });
    if (field !== undefined) expect(parsed).toMatchObject({ field });
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(parseStrictJson(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))).toEqual({
      ok: false,
      detail: 'The body is not UTF-8. Send JSON as UTF-8.',
    });
  });

  test('refuses any nesting without running out of stack', () => {
    expect(parse(nested(30_000)).ok).toBe(false);
  });

  test('takes nesting up to the limit, whole surrogate pairs, and quotes and braces inside of texts', () => {
    expect(parse(nested(MAX_JSON_DEPTH)).ok).toBe(true);
    expect(parse('{"a":"😀 \\ud83d\\ude00","b":"},{\\"a\\":[","a b":[{},{"a":1},{"a":2}]}')).toMatchObject({
      ok: true,
      value: { a: '😀 😀', b: '},{"a":[' },
    });
  });

  test('gives what JSON.parse gives for every object that it takes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (object) => {
        const text = JSON.stringify(object);
        const parsed = parse(text);
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text));
        else expect(parsed.detail).toMatch(/name is not allowed|surrogate|deeper/);
      }),
    );
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        parseStrictJson(bytes);
      }),
    );
  });
});
