import { defaultCatalogue } from '@latchkey/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupScopes, type OfferedScope, ofClass, type Service } from './scope-groups.ts';

const offered: readonly OfferedScope[] = defaultCatalogue.scopes;

const styles: Service = {
  name: 'styles',
  title: 'Styles',
  description: 'How a map looks.',
  routes: [
    { methods: ['GET'], path: '/styles/v1/{account}', scopes: ['styles:list'], description: 'Lists.' },
    {
      methods: ['GET'],
      path: '/styles/v1/{account}/{style}',
      scopes: ['styles:read'],
      description: 'Reads.',
    },
  ],
};
const tiles: Service = {
  name: 'tiles',
  title: 'Vector tiles',
  description: 'Tiles.',
  routes: [{ methods: ['GET'], path: '/v4/{tileset}', scopes: ['styles:tiles'], description: 'Describes.' }],
};

const idsOf = (id: string, groups = groupScopes(offered, [styles, tiles])) =>
  groups.find((group) => group.id === id)?.scopes.map((scope) => scope.id);

test('a scope stands with the service whose route needs it', () => {
  expect(idsOf('tiles')).toEqual(['styles:tiles']);
  expect(idsOf('styles')).toContain('styles:read');
});

test('a scope that no route needs stands beside those of the same resource', () => {
  expect(idsOf('styles')).toEqual([
    'styles:read',
    'styles:write',
    'styles:list',
    'styles:download',
    'styles:protect',
  ]);
  expect(idsOf('uploads')).toEqual(['uploads:read', 'uploads:list', 'uploads:write']);
});

test("services come first, Latchkey's own APIs last", () => {
  const groups = groupScopes(offered, [styles, tiles]);
  expect(groups.slice(0, 2).map(({ title }) => title)).toEqual(['Styles', 'Vector tiles']);
  expect(groups.at(-1)).toMatchObject({ kind: 'management', id: 'management' });
  expect(idsOf('management')).toContain('tokens:write');
});

test('a scope tells which routes it opens', () => {
  const group = groupScopes(offered, [styles, tiles])[0];
  expect(group?.scopes.find(({ id }) => id === 'styles:read')?.routes).toEqual([
    { service: 'styles', methods: ['GET'], path: '/styles/v1/{account}/{style}', description: 'Reads.' },
  ]);
});

test('public and secret scopes are told apart, and nothing is lost by it', () => {
  const groups = groupScopes(offered, [styles]);
  const open = ofClass(groups, true).flatMap(({ scopes }) => scopes);
  const secret = ofClass(groups, false).flatMap(({ scopes }) => scopes);
  expect(open.map(({ id }) => id).sort()).toEqual([
    'datasets:read',
    'fonts:read',
    'styles:read',
    'styles:tiles',
    'vision:read',
  ]);
  expect(open.length + secret.length).toBe(offered.length);
});

const name = fc.stringMatching(/^[a-z]{1,4}$/);
const scopeId = fc.tuple(name, name).map(([resource, action]) => `${resource}:${action}`);

test('any catalogue with any services: every scope stands in one group, once', () => {
  const catalogues = fc.uniqueArray(
    fc.record({
      id: scopeId,
      public: fc.boolean(),
      operatorOnly: fc.constant(false),
      description: fc.string(),
    }),
    { selector: ({ id }) => id },
  );
  const services = fc.uniqueArray(
    fc.record({
      name,
      title: fc.string(),
      description: fc.string(),
      routes: fc.array(
        fc.record({
          methods: fc.constant<string[]>(['GET']),
          path: fc.constant<string>('/x'),
          scopes: fc.array(scopeId, { maxLength: 3 }),
          description: fc.string(),
        }),
        { maxLength: 3 },
      ),
    }),
    { selector: (service) => service.name, maxLength: 4 },
  );
  fc.assert(
    fc.property(catalogues, services, (scopes, given) => {
      const grouped = groupScopes(scopes, given).flatMap((group) => group.scopes.map(({ id }) => id));
      expect(grouped.toSorted()).toEqual(scopes.map(({ id }) => id).toSorted());
    }),
  );
});
