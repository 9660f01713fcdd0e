import { expect, test } from 'vitest';
import { ConfigSchema } from './config-schema.ts';
import { readEnvironment, VARIABLES } from './environment.ts';

/** Paths of all settings: the keys of a section, or the section itself where it is a list or a value. */
function settings(): readonly string[] {
  return Object.entries(ConfigSchema.shape).flatMap(([section, schema]) => {
    const inner = 'unwrap' in schema ? schema.unwrap() : schema;
    return 'shape' in inner ? Object.keys(inner.shape).map((key) => `${section}.${key}`) : [section];
  });
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
