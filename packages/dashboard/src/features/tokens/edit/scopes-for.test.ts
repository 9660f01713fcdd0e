import { expect, test } from 'vitest';
import { scopesFor } from './scopes-for.ts';

const catalogue = [
  { id: 'styles:read', public: true, operatorOnly: false, description: '' },
  { id: 'fonts:read', public: true, operatorOnly: false, description: '' },
  { id: 'uploads:write', public: false, operatorOnly: false, description: '' },
  { id: 'verifiers:sync', public: false, operatorOnly: true, description: '' },
];
const developer = { role: 'developer', kind: 'customer' } as const;
const idsOf = (...given: Parameters<typeof scopesFor>) => scopesFor(...given).map(({ id }) => id);

test('a public token is offered public scopes, and keeps what left the catalogue', () => {
  const token = { usage: 'pk', scopes: ['styles:read', 'gone:read'], default: false } as const;
  expect(idsOf({ ...token, scopes: [...token.scopes] }, developer, catalogue).sort()).toEqual([
    'fonts:read',
    'gone:read',
    'styles:read',
  ]);
});

test('a secret token is offered what the reader may give', () => {
  const token = { usage: 'sk' as const, scopes: ['uploads:write'], default: false };
  expect(idsOf(token, developer, catalogue)).toEqual(['styles:read', 'fonts:read', 'uploads:write']);
});

test('a token without scopes is offered none, save the default one', () => {
  const token = { usage: 'pk' as const, scopes: [], default: false };
  expect(idsOf(token, developer, catalogue)).toEqual([]);
  expect(idsOf({ ...token, default: true }, developer, catalogue)).toEqual(['styles:read', 'fonts:read']);
});
