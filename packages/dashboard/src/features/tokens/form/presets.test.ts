import { defaultCatalogue } from '@latchkey/core';
import { expect, test } from 'vitest';
import { presetsFor } from './presets.ts';
import { findOversize, usageOfChoice } from './right-size.ts';
import type { OfferedScope, Service } from './scope-groups.ts';

const catalogue: readonly OfferedScope[] = defaultCatalogue.scopes;
const route = (method: string, ...scopes: string[]) => ({
  methods: [method],
  path: '/x',
  scopes,
  description: '',
});
const service = (name: string, ...routes: Service['routes']): Service => ({
  name,
  title: name,
  description: '',
  routes,
});

const mapServices = [
  service('styles', route('GET', 'styles:read'), route('GET', 'styles:list')),
  service('tiles', route('GET', 'styles:tiles')),
  service('fonts', route('GET', 'fonts:read')),
  service(
    'uploads',
    route('POST', 'uploads:write'),
    route('GET', 'uploads:list'),
    route('GET', 'uploads:read'),
  ),
];

test('an installation that serves maps offers a map in a page, and uploads from a server', () => {
  const presets = presetsFor(catalogue, mapServices);
  expect(presets.map(({ id, usage }) => [id, usage])).toEqual([
    ['map', 'pk'],
    ['send-uploads', 'sk'],
    ['tokens', 'sk'],
    ['figures', 'sk'],
  ]);
  expect(presets[0]?.scopes).toEqual(['styles:tiles', 'styles:read', 'fonts:read']);
  expect(presets[1]?.scopes).toEqual(['uploads:read', 'uploads:list', 'uploads:write']);
});

test('another catalogue gets purposes of its own', () => {
  const scope = (id: string, isPublic: boolean) => ({
    id,
    public: isPublic,
    operatorOnly: false,
    description: '',
  });
  const parcels = [scope('rates:read', true), scope('parcels:send', false), scope('parcels:track', true)];
  const presets = presetsFor(parcels, [
    service('parcels', route('POST', 'parcels:send'), route('GET', 'parcels:track')),
    service('rates', route('GET', 'rates:read')),
  ]);
  expect(presets.map(({ id, usage, scopes }) => [id, usage, scopes])).toEqual([
    ['page', 'pk', ['rates:read', 'parcels:track']],
    ['send-parcels', 'sk', ['parcels:send', 'parcels:track']],
  ]);
});

test('without services a page gets what is public', () => {
  expect(presetsFor(catalogue, []).find(({ id }) => id === 'page')?.scopes).toEqual([
    'styles:tiles',
    'styles:read',
    'fonts:read',
    'datasets:read',
    'vision:read',
  ]);
});

test('a purpose of which a scope is not on offer is not offered', () => {
  const few = catalogue.filter(({ id }) => id !== 'uploads:write' && id !== 'tokens:write');
  expect(presetsFor(few, mapServices).map(({ id }) => id)).toEqual(['map', 'figures']);
});

const presets = presetsFor(catalogue, mapServices);
const map = presets.find(({ id }) => id === 'map');
const oversize = (scopes: readonly string[], picked = map) =>
  findOversize(new Set(scopes), picked, presets, catalogue);

test('what the picked purpose needs, and less, is not too much', () => {
  expect(oversize(map?.scopes ?? [])).toBeUndefined();
  expect(oversize(['styles:read'])).toBeUndefined();
  expect(oversize([])).toBeUndefined();
});

test('more than the picked purpose needs is named, and what makes the token secret', () => {
  expect(oversize([...(map?.scopes ?? []), 'datasets:read', 'uploads:write'])).toMatchObject({
    extra: ['datasets:read', 'uploads:write'],
    makesSecret: ['uploads:write'],
  });
});

test('without a picked purpose only a page token that became secret is too much', () => {
  const all = [...(map?.scopes ?? []), 'uploads:write'];
  expect(findOversize(new Set(all), undefined, presets, catalogue)).toMatchObject({
    preset: { id: 'map' },
    makesSecret: ['uploads:write'],
  });
  const open = [...(map?.scopes ?? []), 'datasets:read'];
  expect(findOversize(new Set(open), undefined, presets, catalogue)).toBeUndefined();
  expect(findOversize(new Set(['uploads:write']), undefined, presets, catalogue)).toBeUndefined();
});

test('one secret scope, and one that nobody knows, makes the token secret', () => {
  expect(usageOfChoice(new Set(), catalogue)).toBe('pk');
  expect(usageOfChoice(new Set(['styles:read']), catalogue)).toBe('pk');
  expect(usageOfChoice(new Set(['styles:read', 'tokens:read']), catalogue)).toBe('sk');
  expect(usageOfChoice(new Set(['nobody:knows']), catalogue)).toBe('sk');
});
