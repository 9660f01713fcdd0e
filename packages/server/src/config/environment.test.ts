import { expect, test } from 'vitest';
import { ConfigSchema } from './config-schema.ts';
import { readEnvironment, VARIABLES } from './environment.ts';

/** Paths of all settings: the keys of a section, or the section itself where it is a list or a value. */
function settings(schema: object = ConfigSchema, path: readonly string[] = []): readonly string[] {
  const inner: object = 'unwrap' in schema && path.length > 0 ? Object(schema).unwrap() : schema;
  if (!('shape' in inner)) return [path.join('.')];
  return Object.entries(Object(inner).shape).flatMap(([key, part]) => settings(Object(part), [...path, key]));
}

test('every setting has exactly one variable, and every variable a setting', () => {
  const paths = Object.values(VARIABLES).map(({ path }) => path.join('.'));
  expect([...paths].sort()).toEqual([...settings()].sort());
});

test('variables of other programs, and those that resemble none of ours, are left alone', () => {
  const environment = {
    LATCHKEY_TOKEN: 'x',
    LATCHKEY_URL: 'x',
    LATCHKEY_CONFIG: 'x',
    LATCHKEY_SOMETHING_ELSE: 'x',
    PATH: 'x',
  };
  expect(readEnvironment(environment)).toEqual({ overrides: [], problems: [] });
});
