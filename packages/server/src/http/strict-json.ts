/** How deep arrays and objects may stand in each other. */
export const MAX_JSON_DEPTH = 16;

/** What is wrong with a text; `field` names the place as `scopes[2]`, and is absent for the text as a whole. */
export type StrictJson =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly detail: string; readonly field?: string };

/** With the flag `u`, a surrogate that has its other half is part of a character and not matched. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Names that reach into every object's prototype when somebody copies them carelessly. */
const INHERITED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses UTF-8 bytes as one JSON object (RFC 8259), refusing what two readers may read differently: names that occur
 * twice, inherited names, lone surrogates, a byte order mark, bytes that are not UTF-8, and nesting over
 * {@link MAX_JSON_DEPTH}. Never throws.
 */
export function parseStrictJson(bytes: Uint8Array): StrictJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, detail: 'The body is not UTF-8. Send JSON as UTF-8.' };
  }
  if (text.trim() === '') return { ok: false, detail: 'The body is empty. Send a JSON object.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, detail: 'The body is not JSON. Send one JSON object and nothing else.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, detail: 'The body is not an object. Send a JSON object: {…}.' };
  }
  const fault = findFault(text);
  // JSON.parse gave an object that is not an array, so its values are looked up by name.
  return fault ?? { ok: true, value: value as Readonly<Record<string, unknown>> };
}

/** A name is the caller's own text: told short, and without lone surrogates. */
export function showName(name: string): string {
  return name.slice(0, 100).replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

interface Level {
  /** Names seen so far; undefined for an array. */
  readonly names: Set<string> | undefined;
  name: string;
  index: number;
}

/** Walks a text that is known to be valid JSON, because a parsed value no longer shows repeated names. */
function findFault(text: string): { ok: false; detail: string; field?: string } | undefined {
  const levels: Level[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1);
    switch (text.charAt(at)) {
      case '{':
      case '[': {
        const isObject = text.charAt(at) === '{';
        if (levels.length === MAX_JSON_DEPTH) {
          return fault(levels, `The body nests deeper than ${MAX_JSON_DEPTH} levels. Send a flatter object.`);
        }
        levels.push({ names: isObject ? new Set() : undefined, name: '', index: 0 });
        expectsName = isObject;
        break;
      }
      case '}':
      case ']':
        levels.pop();
        expectsName = false;
        break;
      case ',':
        if (level !== undefined) level.index += 1;
        expectsName = level?.names !== undefined;
        break;
      case '"': {
        const end = endOfString(text, at);
        const string: unknown = JSON.parse(text.slice(at, end + 1));
        at = end;
        if (typeof string !== 'string' || LONE_SURROGATE.test(string)) {
          return fault(levels, 'A text holds half of a surrogate pair. Send whole characters.');
        }
        if (!expectsName || level?.names === undefined) break;
        expectsName = false;
        level.name = string;
        if (INHERITED.has(string)) return fault(levels, 'This name is not allowed. Leave it out.');
        if (level.names.has(string)) return fault(levels, 'This name occurs twice. Send it once.');
        level.names.add(string);
        break;
      }
      default:
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

function fault(levels: readonly Level[], detail: string): { ok: false; detail: string; field?: string } {
  let field = '';
  for (const { names, name, index } of levels) {
    if (names === undefined) field += `[${index}]`;
    else if (name !== '') field += field === '' ? name : `.${name}`;
  }
  return field === '' ? { ok: false, detail } : { ok: false, detail, field: showName(field) };
}
