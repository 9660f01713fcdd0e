import type * as z from 'zod';
import { closestName } from '../closest-name.ts';
import type { ConfigPath } from './config-problem.ts';
import { ConfigSchema } from './config-schema.ts';

/** A problem that does not yet know where its value came from. */
export interface UnplacedProblem {
  readonly path: ConfigPath;
  readonly problem: string;
  readonly fix: string;
}

/** What is wrong with the shape of a configuration: wrong types, values out of range, unknown and missing keys. */
export function findSchemaProblems(issues: readonly z.core.$ZodIssue[]): readonly UnplacedProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code !== 'unrecognized_keys') return [{ path, ...describe(issue) }];
    const known = keysAt(path);
    return issue.keys.map((key) => {
      const meant = closestName(key, known);
      const fix = meant === undefined ? `Known here are ${known.join(', ')}.` : `Did you mean ${meant}?`;
      return { path: [...path, key], problem: 'unknown setting', fix };
    });
  });
}

/** True where a text was not written at all. */
export function isMissingText(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string' && isMissing(issue);
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.message.endsWith('received undefined');
}

function describe(issue: z.core.$ZodIssue): { readonly problem: string; readonly fix: string } {
  switch (issue.code) {
    case 'invalid_type':
      if (isMissing(issue)) {
        return { problem: 'is missing', fix: `Give ${named(issue.expected)}.` };
      }
      return { problem: `must be ${named(issue.expected)}`, fix: `Give ${named(issue.expected)}.` };
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return { problem: 'is none of the possible values', fix: `Give one of ${values}.` };
    }
    case 'too_small':
      return { problem: 'is too small', fix: `The least is ${issue.minimum}.` };
    case 'too_big':
      return { problem: 'is too large', fix: `The most is ${issue.maximum}.` };
    default:
      return { problem: issue.message, fix: 'See the published schema.' };
  }
}

const NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  int: 'a whole number',
  number: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
};

function named(expected: string): string {
  return NAMES[expected] ?? expected;
}

/** Names of the settings at a path, from the schema itself. */
function keysAt(path: ConfigPath): readonly string[] {
  let schema: unknown = ConfigSchema;
  for (const part of path) {
    const inner = unwrap(schema);
    schema = typeof part === 'number' ? Reflect.get(inner, 'element') : Reflect.get(shapeOf(inner), part);
  }
  return Object.keys(shapeOf(unwrap(schema)));
}

/** Takes away defaults and "optional", which zod wraps around a schema. */
function unwrap(schema: unknown): object {
  let inner = Object(schema);
  while (typeof inner.unwrap === 'function' && !('element' in inner)) inner = inner.unwrap();
  return inner;
}

function shapeOf(schema: object): object {
  return Object(Reflect.get(schema, 'shape') ?? {});
}
