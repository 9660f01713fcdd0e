import type * as z from 'zod';
import { closestName } from '../closest-name.ts';
import type { Failure } from './failure.ts';
import { showName } from './strict-json.ts';

export type ParsedBody<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure<'body_invalid'> };

/** Holds a body to its schema; the failure names the field, what it must be, and how to mend it. */
export function parseBody<T>(value: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): ParsedBody<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new Error('a failed parse without an issue');
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const field = fieldOf([...issue.path, key]);
    return invalid(field, `${field} is not a field of this call. ${hint(key, schema, issue.path)}`);
  }
  const field = fieldOf(issue.path);
  if (isMissing(value, issue.path)) return invalid(field, `${field} is missing. Send it: ${wants(issue)}.`);
  return invalid(field, `${field} is wrong: it must be ${wants(issue)}.`);
}

function invalid(field: string, detail: string): ParsedBody<never> {
  return { ok: false, failure: { code: 'body_invalid', field, detail } };
}

function fieldOf(path: readonly PropertyKey[]): string {
  let field = '';
  for (const part of path) {
    if (typeof part === 'number') field += `[${part}]`;
    else field += field === '' ? String(part) : `.${String(part)}`;
  }
  return showName(field);
}

function hint(key: string, schema: z.ZodType, path: readonly PropertyKey[]): string {
  const names = path.length === 0 && 'shape' in schema ? Object.keys(Object(schema.shape)) : [];
  const meant = closestName(key, names);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return names.length === 0 ? 'Leave it out.' : `Leave it out; known are ${names.join(', ')}.`;
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return true;
    at = Reflect.get(at, part);
  }
  return false;
}

function wants(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected);
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    default:
      return issue.message;
  }
}

function article(expected: string): string {
  if (expected === 'array') return 'a list';
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
