import { expect, test } from 'vitest';
import { submissionKeys } from './submission-keys.ts';

test('the same content gets the same key, other content another', () => {
  const keys = submissionKeys();
  const first = keys.keyFor({ scopes: ['a:b'] });
  expect(keys.keyFor({ scopes: ['a:b'] })).toBe(first);
  expect(keys.keyFor({ scopes: ['a:c'] })).not.toBe(first);
  expect(keys.keyFor({ scopes: ['a:b'] })).toBe(first);
});

test('two forms never share a key', () => {
  expect(submissionKeys().keyFor({})).not.toBe(submissionKeys().keyFor({}));
});
