import { expect, test } from 'vitest';
import { changedFields } from './changed-fields.ts';

test('only what differs is told, lists by what came and what went', () => {
  const before = { note: 'a', scopes: ['x:read', 'y:read'], status: 'active', expires: null };
  const after = { note: 'b', scopes: ['y:read', 'z:read'], status: 'active', expires: null };
  expect(changedFields({ before, after })).toEqual([
    { kind: 'value', name: 'note', before: 'a', after: 'b' },
    { kind: 'list', name: 'scopes', added: ['z:read'], removed: ['x:read'] },
  ]);
});

test('of something new everything that is set is told, and nothing that is not', () => {
  const after = { note: null, scopes: ['x:read'], default: false, status: 'active' };
  expect(changedFields({ before: null, after })).toEqual([
    { kind: 'list', name: 'scopes', added: ['x:read'], removed: [] },
    { kind: 'value', name: 'status', before: undefined, after: 'active' },
  ]);
});

test('each kind of restriction is a field of its own, also where it came or went', () => {
  const urls = { kind: 'urls', entries: ['https://a.example'], strictPaths: true };
  const addresses = { kind: 'addresses', addresses: ['10.0.0.0/8'] };
  expect(changedFields({ before: { restrictions: [urls] }, after: { restrictions: [addresses] } })).toEqual([
    { kind: 'list', name: 'addresses', added: ['10.0.0.0/8'], removed: [] },
    { kind: 'list', name: 'urls', added: [], removed: ['https://a.example'] },
    { kind: 'value', name: 'strictPaths', before: true, after: undefined },
  ]);
});
