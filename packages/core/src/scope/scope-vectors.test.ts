import { describe, expect, test } from 'vitest';
import vectors from '../../../../conformance/scopes.json' with { type: 'json' };
import { defaultCatalogue } from './default-catalogue.ts';
import { parseGrant } from './parse-grant.ts';
import type { Scope } from './scope.ts';
import { parseScope } from './scope.ts';
import { usageOf } from './usage-of.ts';

describe('conformance/scopes.json', () => {
  test.each(vectors.names)('name: $name', ({ text, valid }) => {
    expect(parseScope(text)).toBe(valid ? text : undefined);
  });

  test('the catalogue that ships holds exactly these scopes', () => {
    const shipped = defaultCatalogue.scopes.map(({ description: _, ...scope }) => scope);
    expect(sorted(shipped)).toEqual(sorted(vectors.shipped));
  });

  test.each(vectors.usage)('usage: $scopes', ({ scopes, usage }) => {
    expect(usageOf(scopes.map(scope), defaultCatalogue)).toBe(usage);
  });

  test.each(vectors.grants)('grant: $name', ({ asked, granted, refused }) => {
    const grant = parseGrant(asked, defaultCatalogue);
    expect(grant).toMatchObject(
      granted === null ? { ok: false, entry: refused } : { ok: true, scopes: granted },
    );
  });
});

function sorted<T extends { readonly id: string }>(scopes: readonly T[]): T[] {
  return scopes.toSorted((one, other) => one.id.localeCompare(other.id));
}

function scope(name: string): Scope {
  const parsed = parseScope(name);
  if (parsed === undefined) throw new TypeError(`${name} is not a scope`);
  return parsed;
}
