import { expect, test } from 'vitest';
import { changedFields } from './changed-fields.ts';

test('an entry tells which parts of the token it changed', () => {
  const before = { note: 'a', scopes: ['x'], restrictions: [], expires: null };
  expect(changedFields({ before, after: { ...before, note: 'b', scopes: ['x', 'y'] } })).toEqual([
    'note',
    'scopes',
  ]);
  expect(changedFields({ before, after: { ...before, scopes: ['x'] } })).toEqual([]);
  expect(changedFields({ before: null, after: before })).toEqual([]);
});
