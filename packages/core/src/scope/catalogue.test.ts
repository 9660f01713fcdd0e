import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CatalogueScope } from './catalogue.ts';
import { makeCatalogue } from './catalogue.ts';
import { builtInScopes, defaultCatalogue, withBuiltInScopes } from './default-catalogue.ts';
import { parseGrant } from './parse-grant.ts';
import type { Scope } from './scope.ts';
import { parseScope } from './scope.ts';
import { usageOf } from './usage-of.ts';

const offered = defaultCatalogue.scopes.map(({ id }) => id);
const names = fc.array(fc.oneof(fc.constantFrom(...offered), fc.string({ maxLength: 12 })), {
  maxLength: 12,
});

test('every scope has a sentence of its own, and none is public and operator-only', () => {
  const sentences = defaultCatalogue.scopes.map(({ description }) => description);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.]+\.$/);
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(defaultCatalogue.scopes.filter((scope) => scope.public && scope.operatorOnly)).toEqual([]);
});

test('a grant holds exact names of the catalogue, each once, in the order asked for', () => {
  fc.assert(
    fc.property(names, (asked) => {
      const grant = parseGrant(asked, defaultCatalogue);
      if (grant.ok) {
        expect(grant.scopes).toEqual([...new Set(asked)]);
        expect(Object.isFrozen(grant.scopes)).toBe(true);
      } else {
        expect(asked).toContain(grant.entry);
        expect(defaultCatalogue.get(grant.entry)).toBeUndefined();
      }
    }),
  );
});

test('a scope that joins the catalogue, or changes its class, joins no grant that exists', () => {
  const before = makeCatalogue([
    { id: scope('maps:read'), public: true, operatorOnly: false, description: 'Read.' },
  ]);
  const grant = parseGrant(['maps:read'], before);
  makeCatalogue([
    { id: scope('maps:read'), public: false, operatorOnly: false, description: 'Read.' },
    { id: scope('maps:write'), public: true, operatorOnly: false, description: 'Write.' },
  ]);
  expect(grant).toEqual({ ok: true, scopes: ['maps:read'] });
});

test('a name longer than a line is cut in the refusal', () => {
  const grant = parseGrant(['x'.repeat(10_000)], defaultCatalogue);
  expect(grant).toMatchObject({ ok: false, entry: `${'x'.repeat(80)}…` });
});

test('usage is public exactly when every scope is public', () => {
  fc.assert(
    fc.property(fc.subarray(offered), (scopes) => {
      const isPublic = scopes.every((id) => defaultCatalogue.get(id)?.public);
      expect(usageOf(scopes, defaultCatalogue)).toBe(isPublic ? 'pk' : 'sk');
    }),
  );
});

test('an operator’s own catalogue keeps the scopes of Latchkey’s own APIs', () => {
  const own = { id: scope('maps:read'), public: true, operatorOnly: false, description: 'Read maps.' };
  const listed = { ...builtIn('tokens:read'), description: 'See tokens.' };
  const catalogue = withBuiltInScopes([own, listed]);
  expect(catalogue.get('maps:read')).toEqual(own);
  expect(catalogue.get('tokens:read')).toEqual(listed);
  for (const { id } of builtInScopes) expect(catalogue.get(id)).toBeDefined();
  expect(catalogue.get('styles:read')).toBeUndefined();
});

test.each([
  ['a scope twice', [builtIn('tokens:read'), builtIn('tokens:read')]],
  ['a built-in scope made public', [{ ...builtIn('tokens:write'), public: true }]],
  ['an operator-only scope given to all', [{ ...builtIn('accounts:write'), operatorOnly: false }]],
  [
    'a scope that is public and operator-only',
    [{ ...builtIn('accounts:read'), id: scope('a:b'), public: true }],
  ],
])('%s is refused when the catalogue is made', (_, list) => {
  expect(() => withBuiltInScopes(list)).toThrow(TypeError);
});

test('names that every object inherits are not scopes', () => {
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(defaultCatalogue.get(name)).toBeUndefined();
});

function builtIn(id: string): CatalogueScope {
  const found = builtInScopes.find((entry) => entry.id === id);
  if (found === undefined) throw new TypeError(`${id} is not built in`);
  return found;
}

function scope(id: string): Scope {
  const parsed = parseScope(id);
  if (parsed === undefined) throw new TypeError(`${id} is not a scope`);
  return parsed;
}
